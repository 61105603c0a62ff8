using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.EndToEnd;

/// <summary>A sandbox with the shipped layer, and an endpoint it delivers to.</summary>
sealed class Scene : IAsyncDisposable
{
    public static readonly TimeSpan Patience = Pace.Patience;

    Scene(ScriptedDestination destination, EmulatedLambda lambda)
    {
        Destination = destination;
        Lambda = lambda;
    }

    public ScriptedDestination Destination { get; }

    public EmulatedLambda Lambda { get; }

    public ExtensionTranscript Extension => Lambda.Transcript.Extension(Layer.ExtensionName);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The extension's own lines until now.</summary>
    public IReadOnlyList<string> OwnLines => [.. Extension.Lines];

    /// <param name="function">What the function does.</param>
    /// <param name="environment">Variables beside the endpoint.</param>
    /// <param name="change">Anything else about the sandbox.</param>
    /// <param name="prepare">Sets the endpoint up before the sandbox starts.</param>
    /// <param name="configure">Variables that depend on the endpoint.</param>
    /// <param name="endpoint">How the endpoint is built.</param>
    /// <param name="approach">Builds what stands before the endpoint; gives the variables that lead there.</param>
    public static async Task<Scene> StartAsync(
        Func<InvocationContext, Task<string>>? function = null,
        Dictionary<string, string>? environment = null,
        Func<SandboxOptions, SandboxOptions>? change = null,
        Action<ScriptedDestination>? prepare = null,
        Action<Dictionary<string, string>, ScriptedDestination>? configure = null,
        DestinationOptions? endpoint = null,
        Func<ScriptedDestination, Task<Dictionary<string, string>>>? approach = null)
    {
        var destination = ScriptedDestination.Start(endpoint);
        prepare?.Invoke(destination);
        var variables = new Dictionary<string, string> { ["HTTP_ENDPOINT"] = destination.Endpoint + "logs", ["LOGS_FLUSH_MODE"] = "end" };
        var approached = approach is null ? [] : await approach(destination);
        foreach (var (name, value) in Pace.Settings.Concat(environment ?? []).Concat(approached))
            variables[name] = value;
        configure?.Invoke(variables, destination);

        var options = new SandboxOptions
        {
            Function = FunctionSource.InProcess(function ?? Functions.Say("hello")),
            Layers = [Layer.Zip],
            Environment = variables,
            Timeout = Pace.FunctionTimeout,
            ShutdownBudget = Pace.ShutdownBudget,
        };
        return new Scene(destination, await EmulatedLambda.StartAsync(change?.Invoke(options) ?? options, Cancel));
    }

    /// <summary>Invokes, and waits until everyone is done with it.</summary>
    public Task<InvokeResult> InvokeAsync(string payload = "{}") => Lambda.InvokeToEndAsync(payload, Cancel).WaitAsync(Patience, Cancel);

    /// <summary>Checks that one of the extension's own lines holds a text.</summary>
    public void HasLogged(string text) =>
        Assert.True(OwnLines.Any(l => l.Contains(text, StringComparison.Ordinal)), $"Not told: {text}\n{string.Join('\n', OwnLines)}");

    /// <summary>What happened, for the message of a failing assertion.</summary>
    public string Story() => $"{Lambda.Transcript.Tail(40)}\n{Destination.Requests.Count} requests, {Destination.ConnectionsAccepted} connections";

    /// <summary>Shuts down, and checks what must hold in every scene: exit code 0, in time, and every record accounted for.</summary>
    public async Task<Summary> EndAsync()
    {
        await Lambda.ShutdownAsync(Cancel).WaitAsync(Patience, Cancel);
        Assert.Equal(0, Extension.ExitCode);
        var summary = Summary.Of(OwnLines);
        Assert.True(summary.Balances, summary.ToString());
        Report(summary);
        return summary;
    }

    /// <summary>One line for a table of faults: run with <c>-diagnostics</c>.</summary>
    void Report(Summary summary)
    {
        var written = Lambda.Transcript.Events.Count(e => e is { Kind: TranscriptKind.Line, Source: TranscriptEvent.Runtime });
        var batches = Delivered.Accepted(Destination).ToList();
        var repeated = batches.Count - batches.Select(b => b.Header("X-Batch-Id")).Distinct().Count();
        TestContext.Current.SendDiagnosticMessage(
            $"| {TestContext.Current.Test?.TestDisplayName.Split('.')[^1].Replace('_', ' ')} | {written} | {Delivered.Lines(Destination).Count} | {summary.Dropped} | {repeated} | {summary.LongestHoldMs} |");
    }

    public async ValueTask DisposeAsync()
    {
        await Lambda.DisposeAsync();
        await Destination.DisposeAsync();
    }
}
