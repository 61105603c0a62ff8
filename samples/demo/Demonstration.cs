using System.Text.Json;
using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.Demo;

/// <summary>
/// Runs a real function with the extension from the layer's zip, shows what the endpoint gets as it comes, and counts: every line the function wrote must
/// have been delivered.
/// </summary>
/// <param name="layer">The layer's zip.</param>
/// <param name="function">The function's directory.</param>
sealed class Demonstration(string layer, string function)
{
    static readonly TimeSpan FreezeTime = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Step[] Steps =
    [
        new("cold start", """{"lines":3}"""),
        new("warm", """{"lines":5,"json":true}"""),
        new($"after a freeze of {FreezeTime.TotalSeconds:0} s", """{"lines":3,"trace":true}""") { Freeze = FreezeTime },
        new("failing handler", """{"lines":2,"fail":true}"""),
    ];

    /// <returns>Whether every line arrived.</returns>
    public async Task<bool> RunAsync()
    {
        await using var destination = ScriptedDestination.Start();
        destination.OnRequest = Show;
        Screen.Line($"Endpoint: [blue]{destination.Endpoint}logs[/]   layer: [blue]{Path.GetFileName(layer)}[/]   function: [blue]{Path.GetFileName(function)}[/]");
        await using var lambda = await EmulatedLambda.StartAsync(Options(destination));

        var invocations = new List<(Step Step, InvokeResult Result)>();
        foreach (var step in Steps)
        {
            await Task.Delay(step.Freeze);
            Screen.Heading($"── [yellow]{step.Name}[/]  {step.Payload}");
            invocations.Add((step, await lambda.InvokeToEndAsync(step.Payload).WaitAsync(Patience)));
        }

        Screen.Heading($"── [yellow]shutdown[/]");
        await lambda.ShutdownAsync().WaitAsync(Patience);
        foreach (var line in lambda.Transcript.Extension("aws-lambda-logs-http-destination").Lines)
            Screen.Line($"  [grey]extension says[/]  {line}");

        ShowBatch(destination);
        return Tally.Show(invocations, destination, lambda);
    }

    SandboxOptions Options(ScriptedDestination destination) => new()
    {
        Function = FunctionSource.Directory(function),
        FunctionName = "demo-function",
        Layers = [layer],
        Environment = new Dictionary<string, string> { ["HTTP_ENDPOINT"] = $"{destination.Endpoint}logs", ["LOGS_MULTILINE"] = "auto" },
        Timeout = TimeSpan.FromSeconds(20),
        InitOnFirstInvoke = true,
    };

    static void Show(ReceivedRequest request)
    {
        foreach (var record in Tally.Records(request))
        {
            // A stack trace is one record; each of its lines shows whose it is.
            foreach (var line in record.Message.Split('\n'))
                Screen.Line($"  [grey]endpoint gets[/]  [green]{record.Level,-5}[/] [grey]{record.LogType,-20}[/] {line}");
        }
    }

    static void ShowBatch(ScriptedDestination destination)
    {
        var batch = destination.Requests.First(r => Tally.Records(r).Any(record => record.LogType == "function"));
        Screen.Heading($"── [yellow]one delivered batch[/]  {batch.Method} {batch.Target}  X-Batch-Id: {batch.Header("X-Batch-Id")}");
        using var json = JsonDocument.Parse(batch.Content());
        Console.WriteLine(JsonSerializer.Serialize(json, Indented));
    }
}
