using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.Deployment.Tests.Layers;

/// <summary>Lambda's layer API on loopback, as far as the scripts use it. What it is asked is kept; what it responds with can be changed.</summary>
internal sealed class FakeLambda : IAsyncDisposable
{
    readonly ScriptedDestination _endpoint = ScriptedDestination.Start();
    readonly Dictionary<string, List<string>> _published = [];

    public FakeLambda()
    {
        _endpoint.Script = Response;
        _endpoint.OnRequest = Keep;
    }

    /// <summary>True: layers begin without a version, and have what is published, region by region. <see cref="Versions"/> does not count then.</summary>
    public bool IsKeeping { get; init; }

    /// <summary>The versions that every layer has in every region, newest first, as Lambda lists them.</summary>
    public int[] Versions { get; init; } = [4, 3];

    /// <summary>Regions in which every request is refused.</summary>
    public string[] BrokenRegions { get; set; } = [];

    /// <summary>The statements that exist already.</summary>
    public bool IsShared { get; init; }

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _endpoint.Requests;

    /// <summary>What was asked: method, region and path, a line each.</summary>
    public string[] Asked => [.. Requests.Select(request => $"{request.Method} {Region(request.Head)} {request.Target.Split('?')[0]}")];

    /// <summary>Variables that lead the AWS CLI here, and keep it from whatever is configured on this machine.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["AWS_ENDPOINT_URL"] = _endpoint.Endpoint.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "none",
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_REGION"] = null,
        ["AWS_DEFAULT_REGION"] = null,
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_MAX_ATTEMPTS"] = "1",
        ["AWS_PAGER"] = "",
        ["REGION"] = null,
        ["REGIONS"] = null,
        ["MAKELEVEL"] = null,
    };

    /// <summary>The members of a request's body.</summary>
    public static JsonElement Body(ReceivedRequest request) => JsonDocument.Parse(request.Text).RootElement;

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    Response Response(RequestHead head)
    {
        var region = Region(head);
        if (BrokenRegions.Contains(region))
            return Json(403, """{"Message":"User is not authorized to perform this","Type":"User"}""").With("x-amzn-ErrorType", "AccessDeniedException");

        var path = head.Target.Split('?')[0];
        var layer = path.Split('/')[3];
        if (IsKeeping)
            return Kept(head.Method, region, layer, path);

        return head.Method switch
        {
            "GET" => Json(200, $$"""{"LayerVersions":[{{string.Join(',', Versions.Select(version => $$"""{"Version":{{version}}}"""))}}]}"""),
            "DELETE" => Emulator.Destination.Response.WithStatus(204),
            _ when path.EndsWith("/policy", StringComparison.Ordinal) && IsShared =>
                Json(409, """{"Message":"The statement id provided already exists.","Type":"User"}""").With("x-amzn-ErrorType", "ResourceConflictException"),
            _ when path.EndsWith("/policy", StringComparison.Ordinal) => Json(201, """{"Statement":"{}","RevisionId":"1"}"""),
            _ => Json(201, $$"""{"LayerVersionArn":"arn:aws:lambda:{{region}}:123456789012:layer:{{layer}}:5","Version":5}"""),
        };
    }

    /// <summary>As if a layer had exactly what was published before.</summary>
    Response Kept(string method, string region, string layer, string path)
    {
        var sums = Sums(region, layer);
        var arn = $"arn:aws:lambda:{region}:123456789012:layer:{layer}";
        if (path.EndsWith("/policy", StringComparison.Ordinal))
            return Json(201, """{"Statement":"{}","RevisionId":"1"}""");
        if (method == "POST")
            return Json(201, $$"""{"LayerVersionArn":"{{arn}}:{{sums.Count + 1}}","Version":{{sums.Count + 1}}}""");
        if (path.EndsWith("/versions", StringComparison.Ordinal))
            return Json(200, sums.Count == 0 ? """{"LayerVersions":[]}""" : $$"""{"LayerVersions":[{"Version":{{sums.Count}}}]}""");

        return Json(200, $$"""{"Content":{"CodeSha256":"{{sums[^1]}}"},"LayerVersionArn":"{{arn}}:{{sums.Count}}","Version":{{sums.Count}}}""");
    }

    /// <summary>Remembers what was published.</summary>
    void Keep(ReceivedRequest request)
    {
        if (!IsKeeping || request.Response.Status != 201 || !request.Target.EndsWith("/versions", StringComparison.Ordinal))
            return;

        var zip = Body(request).GetProperty("Content").GetProperty("ZipFile").GetBytesFromBase64();
        Sums(Region(request.Head), request.Target.Split('/')[3]).Add(Convert.ToBase64String(SHA256.HashData(zip)));
    }

    List<string> Sums(string region, string layer)
    {
        lock (_published)
        {
            if (!_published.TryGetValue($"{region} {layer}", out var sums))
                _published[$"{region} {layer}"] = sums = [];
            return sums;
        }
    }

    /// <summary>For whom a request was signed says where it goes: <c>Credential=AKIDEXAMPLE/20260314/eu-west-1/lambda/aws4_request</c>.</summary>
    static string Region(RequestHead head) => head.Header("Authorization")?.Split('/') is { Length: > 2 } parts ? parts[2] : "unsigned";

    static Response Json(int status, string body) =>
        Emulator.Destination.Response.WithStatus(status).With("Content-Type", "application/json") with { Body = Encoding.UTF8.GetBytes(body) };
}
