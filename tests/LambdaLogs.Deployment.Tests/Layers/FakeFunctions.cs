using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.Deployment.Tests.Layers;

/// <summary>Lambda's API on loopback with functions that can be listed, read and changed, in pages of 50, as <c>scripts/attach</c> uses it.</summary>
internal sealed class FakeFunctions : IAsyncDisposable
{
    const int PageSize = 50;

    readonly ScriptedDestination _endpoint = ScriptedDestination.Start();
    readonly Lock _lock = new();
    readonly List<JsonObject> _functions = [];
    int _asked;

    public FakeFunctions()
    {
        _endpoint.Script = Response;
        _endpoint.OnRequest = Apply;
    }

    /// <summary>Every so many requests one is refused for their number. Zero: none.</summary>
    public int ThrottleEvery { get; init; }

    /// <summary>The architectures that a layer is published for.</summary>
    public string[] Layers { get; init; } = ["x86_64", "arm64"];

    /// <summary>Functions whose next update meets one that somebody else has changed meanwhile.</summary>
    public HashSet<string> Raced { get; } = [];

    /// <summary>Happens while an update is asked for, before it is made.</summary>
    public Action OnUpdate { get; set; } = () => { };

    public IReadOnlyList<ReceivedRequest> Requests => _endpoint.Requests;

    /// <summary>Adds a function.</summary>
    public void Add(string name, string architecture = "x86_64", string[]? layers = null, Dictionary<string, string>? variables = null, Action<JsonObject>? change = null)
    {
        var function = new JsonObject
        {
            ["FunctionName"] = name,
            ["FunctionArn"] = $"arn:aws:lambda:eu-west-1:123456789012:function:{name}",
            ["PackageType"] = "Zip",
            ["Architectures"] = new JsonArray(architecture),
            ["RevisionId"] = "1",
            ["Layers"] = LayersOf(layers ?? []),
            ["Environment"] = new JsonObject { ["Variables"] = JsonSerializer.SerializeToNode(variables ?? []) },
        };
        change?.Invoke(function);
        _functions.Add(function);
    }

    public string[] LayersOf(string name) => [.. Find(name)!["Layers"]!.AsArray().Select(layer => (string)layer!["Arn"]!)];

    public Dictionary<string, string> VariablesOf(string name) => Find(name)!["Environment"]!["Variables"].Deserialize<Dictionary<string, string>>()!;

    /// <summary>All of them as they are now.</summary>
    public string[] Snapshot()
    {
        lock (_lock)
            return [.. _functions.Select(function => $"{function["FunctionName"]} {function["Layers"]!.ToJsonString()} {function["Environment"]!.ToJsonString()}")];
    }

    /// <summary>Runs the script against this API.</summary>
    public Task<Shell> RunAsync(string[] arguments, params (string Name, string Value)[] variables) =>
        Shell.RunAsync(Repository.Path("scripts/attach"), arguments, Environment(variables));

    /// <summary>Runs a command of a page against this API.</summary>
    public Task<Shell> RunLineAsync(string line, params (string Name, string Value)[] variables) =>
        Shell.RunAsync("bash", ["-c", line], Environment(variables));

    Dictionary<string, string?> Environment((string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = _endpoint.Endpoint.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "none",
            ["AWS_SESSION_TOKEN"] = null,
            ["REGION"] = "eu-west-1",
        };
        foreach (var name in new[] { "FUNCTIONS", "MATCH", "TAG", "ALL", "ENV", "ENV_FILE", "LAYER_ARN", "LAYER_NAME", "LOG", "DRY_RUN" })
            environment[name] = null;
        foreach (var (name, value) in variables)
            environment[name] = value;
        return environment;
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    Response Response(RequestHead head)
    {
        lock (_lock)
        {
            if (ThrottleEvery > 0 && ++_asked % ThrottleEvery == 0)
                return Refusal(429, "TooManyRequestsException", "Rate Exceeded.");

            var path = head.Target.Split('?')[0];
            var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return (head.Method, parts[1]) switch
            {
                (_, "layers") when !Layers.Any(architecture => parts[2].EndsWith(architecture, StringComparison.Ordinal)) => Json("""{"LayerVersions":[]}"""),
                (_, "layers") => Json($$"""{"LayerVersions":[{"LayerVersionArn":"arn:aws:lambda:eu-west-1:123456789012:layer:{{parts[2]}}:7"}]}"""),
                (_, "tags") => Json(new JsonObject { ["Tags"] = new JsonObject { ["team"] = parts[2].EndsWith('1') ? "payments" : "other" } }.ToJsonString()),
                ("GET", "functions") when parts.Length == 2 => Page(head.Target),
                _ when Find(Uri.UnescapeDataString(parts[2])) is not { } => Refusal(404, "ResourceNotFoundException", $"Function not found: {parts[2]}"),
                ("PUT", _) when Raced.Remove(parts[2]) => Refusal(412, "PreconditionFailedException", "The RevisionId provided does not match the latest RevisionId."),
                _ => Json(Find(Uri.UnescapeDataString(parts[2]))!.ToJsonString()),
            };
        }
    }

    /// <summary>Changes a function as an accepted update says.</summary>
    void Apply(ReceivedRequest request)
    {
        if (request.Method != "PUT" || request.Response.Status != 200)
            return;

        OnUpdate();
        lock (_lock)
        {
            var function = Find(Uri.UnescapeDataString(request.Target.Split('/')[3]))!;
            var body = JsonNode.Parse(request.Text)!;
            Assert.Equal((string)function["RevisionId"]!, (string)body["RevisionId"]!);
            function["RevisionId"] = $"{int.Parse((string)function["RevisionId"]!, System.Globalization.CultureInfo.InvariantCulture) + 1}";
            function["Layers"] = LayersOf([.. body["Layers"]!.AsArray().Select(arn => (string)arn!)]);
            function["Environment"] = body["Environment"]!.DeepClone();
        }
    }

    Response Page(string target)
    {
        var marker = target.Split("Marker=") is [_, var rest] ? int.Parse(rest.Split('&')[0], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var page = new JsonObject { ["Functions"] = new JsonArray([.. _functions.Skip(marker).Take(PageSize).Select(function => function.DeepClone())]) };
        if (marker + PageSize < _functions.Count)
            page["NextMarker"] = $"{marker + PageSize}";
        return Json(page.ToJsonString());
    }

    JsonObject? Find(string name) => _functions.Find(function => (string)function["FunctionName"]! == name);

    static JsonArray LayersOf(string[] arns) => [.. arns.Select(arn => (JsonNode)new JsonObject { ["Arn"] = arn, ["CodeSize"] = 1 })];

    static Response Json(string body, int status = 200) =>
        Emulator.Destination.Response.WithStatus(status).With("Content-Type", "application/json") with { Body = Encoding.UTF8.GetBytes(body) };

    static Response Refusal(int status, string type, string message) =>
        Json($$"""{"message":"{{message}}"}""", status).With("x-amzn-ErrorType", type);
}
