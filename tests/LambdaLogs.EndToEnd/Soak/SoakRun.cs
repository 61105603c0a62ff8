using System.Text;
using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Faults;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.EndToEnd.Limits;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>Plays one scenario, and holds everything against what is promised.</summary>
sealed class SoakRun(SoakScenario scenario)
{
    // A machine under load schedules late; what is asserted is the bound, not the speed.
    const int SlackMs = 5000;

    readonly string _functionName = $"soak-{scenario.Seed}-{Guid.NewGuid():N}";
    readonly List<string> _written = [];
    readonly List<string> _faults = [];
    readonly SandboxPressure _pressure = new();
    readonly TaskCompletionSource[] _handled = [.. scenario.Steps.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    int? _pressedPort;
    int? _lambdaPort;

    /// <summary>What did not hold; empty where everything did.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public async Task PlayAsync(CancellationToken cancel)
    {
        await using var endpoint = new SoakEndpoint(scenario.IsFar);
        using var shipped = scenario.IsUnread ? new Shipped() : null;
        using var folder = new TemporaryFolder();
        await using var pressure = _pressure;
        await using var lambda = await EmulatedLambda.StartAsync(await OptionsAsync(endpoint, shipped, folder.Path), cancel);
        var pid = lambda.ProcessId(Layer.ExtensionName)!.Value;
        using var threads = scenario.IsThreadless ? KernelGroup.NoThreads() : null;
        for (var number = 0; number < scenario.Steps.Count; number++)
        {
            await InvokeAsync(lambda, endpoint, number, cancel);
            if (number > 0)
                continue;

            threads?.Add(pid);
            if (scenario.IsPressed || scenario.HasMadeUpEnds)
                BeginPressure(pid);
        }

        await EndAsync(lambda, endpoint, pid, cancel);
    }

    /// <summary>Lambda has its connection, or will have it.</summary>
    void BeginPressure(int pid)
    {
        _pressedPort = ProcessBounds.ListenerPort(pid);
        _lambdaPort = ProcessBounds.Peers(pid, _pressedPort.Value) is [var port] ? port : null;
    }

    async Task EndAsync(EmulatedLambda lambda, SoakEndpoint endpoint, int pid, CancellationToken cancel)
    {
        if (scenario.EndPauseMs > 0)
            await Task.Delay(scenario.EndPauseMs, cancel);
        var peak = lambda.PeakResidentBytes(Layer.ExtensionName);
        Expect(
            _lambdaPort is not { } kept || ProcessBounds.Peers(pid, _pressedPort!.Value).Contains(kept),
            "the listener has closed the connection of Lambda, which brings the telemetry");
        if (scenario.EndsSwallowed)
            endpoint.SwallowedBefore = endpoint.Connections;
        // With three none is opened in the place of one that was closed, either: Lambda's connection must be there.
        if (scenario is { EndsStarved: true, Theme: SoakTheme.Starved })
            ProcessBounds.Lower(pid, "nofile=3");
        else if (scenario.EndsStarved)
            ProcessBounds.TakeDescriptors(pid);
        await lambda.ShutdownAsync(cancel).WaitAsync(Scene.Patience, cancel);
        var extension = lambda.Transcript.Extension(Layer.ExtensionName);
        var starts = 1 + scenario.Steps.Count(s => s.End is StepEnd.Crashes);
        Expect(extension.ExitCode == 0, $"the exit code was {extension.ExitCode}");
        Expect(extension.Starts == starts, $"the extension was started {extension.Starts} times");
        var bound = SoakAccount.BytesMax(scenario) + SoakLayer.BaseBytes;
        Expect(peak <= bound || Layer.IsEmulated, $"resident memory rose to {peak >> 10} KiB of {bound >> 10} with a buffer of {scenario.BufferBytes >> 10} KiB");
        Expect(!endpoint.Headers.Contains(CraftedSpillFile.Header), "a batch id out of a crafted spill file put a header into a request");
        if (!scenario.IsUnread)
            new SoakAccount(scenario, _written, endpoint).Check(extension.Lines, Expect);
        if (_faults.Count > 0)
            _faults.Add($"{lambda.Transcript.Tail(30)}\n{endpoint.Story(20)}\n{endpoint.Requests} requests over {endpoint.Connections} connections");
    }

    async Task<SandboxOptions> OptionsAsync(SoakEndpoint endpoint, Shipped? shipped, string folder)
    {
        var settings = new Dictionary<string, string>(scenario.Settings) { ["HTTP_ENDPOINT"] = endpoint.Url.ToString() };
        if (scenario.IsProxy)
        {
            settings["HTTP_ENDPOINT"] = "http://logs.example/logs";
            settings["HTTP_PROXY"] = endpoint.Url.GetLeftPart(UriPartial.Authority);
        }

        var options = new SandboxOptions
        {
            Function = FunctionSource.InProcess(WriteAsync),
            Layers = [SoakLayer.Path],
            Environment = settings,
            FunctionName = _functionName,
            MemoryMb = scenario.MemoryMb,
            // What is resident is compared with a bound of its own.
            EnforceMemory = false,
            Timeout = TimeSpan.FromSeconds(30),
            AsyncRetryDelay = TimeSpan.FromMilliseconds(1),
            // The emulator's own buffer must not be what drops lines.
            Feed = new FeedOptions { PendingFactor = 1000, Retries = scenario.FeedRetries },
            // The first end is Lambda's own.
            Faults = new TelemetryFaults { RuntimeDone = n => scenario.HasMadeUpEnds && n > 1 ? RuntimeDoneFault.Lost : RuntimeDoneFault.None },
        };
        return shipped is null
            ? options
            : options with
            {
                Layers = [],
                Extensions = [await SoakLayer.UnreadStarterAsync(folder, SoakLayer.Executable(() => shipped.Path))],
                Isolate = false,
            };
    }

    async Task<string> WriteAsync(InvocationContext invocation)
    {
        if (_pressedPort is { } listener && scenario.IsPressed)
            await _pressure.PressAsync(listener, invocation.Cancel);
        var random = new Random(HashCode.Combine(scenario.Seed, invocation.Number));
        var number = Math.Min(invocation.Number, scenario.Steps.Count);
        var step = scenario.Steps[number - 1];
        for (var line = 1; line <= step.Lines; line++)
        {
            if (line == step.Lines && step.HandlerPauseMs > 0)
                await Task.Delay(step.HandlerPauseMs, invocation.Cancel);
            invocation.Log(SoakLines.Line(random, scenario, invocation.Number, line));
            _written.Add(SoakLines.Mark(invocation.Number, line));
        }

        await Task.Delay(step.EndPauseMs, invocation.Cancel);
        if (_pressedPort is { } port && scenario.HasMadeUpEnds)
            await _pressure.ReportEndAsync(port, invocation.RequestId, invocation.Cancel);
        _handled[number - 1].TrySetResult();
        if (step.End is StepEnd.Crashes)
            InvocationContext.Crash(1);
        return step.End is StepEnd.Fails ? throw new InvalidOperationException("the handler fails") : "{}";
    }

    async Task InvokeAsync(EmulatedLambda lambda, SoakEndpoint endpoint, int number, CancellationToken cancel)
    {
        var step = scenario.Steps[number];
        // Time during which the sandbox is frozen is what a step is about: nothing is waited for here.
        if (step.PauseMs > 0)
            await Task.Delay(step.PauseMs, cancel);
        endpoint.Behaviour = step.Behaviour;
        if (step.SwallowsOld)
            endpoint.SwallowedBefore = endpoint.Connections;
        if (step.EndsEarly)
        {
            await lambda.InvokeAsync("{}", cancel).WaitAsync(Scene.Patience, cancel);
            return;
        }

        if (step.End is StepEnd.Fails)
            await InvokeLaterAsync(lambda, cancel);
        else if (number > 0 && scenario.Steps[number - 1].End is StepEnd.Fails)
            await _handled[number].Task.WaitAsync(Scene.Patience, cancel);
        else
            await InvokeToEndAsync(lambda, step, cancel);
        if (step.End is StepEnd.Fails)
            return;

        await lambda.IdleAsync(cancel).WaitAsync(Scene.Patience, cancel);
        await _pressure.StopAsync();
        if (scenario.IsPrompt)
            SoakAccount.CheckPrompt(_written, endpoint, step, Expect);
    }

    async Task InvokeToEndAsync(EmulatedLambda lambda, SoakStep step, CancellationToken cancel)
    {
        if (step.End is StepEnd.Crashes && lambda.ProcessId(Layer.ExtensionName) is { } pid)
            CraftedSpillFile.Write(pid, _functionName);
        var result = await lambda.InvokeToEndAsync("{}", cancel).WaitAsync(Scene.Patience, cancel);
        var added = result.AddedByExtensions?.TotalMilliseconds ?? double.PositiveInfinity;
        Expect(
            added <= scenario.FlushTimeoutMs + SlackMs || step.End is StepEnd.Crashes,
            $"/next came {added:0} ms after the handler of: {step}");
    }

    /// <summary>An asynchronous invocation, which Lambda makes again where it fails.</summary>
    static async Task InvokeLaterAsync(EmulatedLambda lambda, CancellationToken cancel)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(lambda.InvokeEndpoint, "/2015-03-31/functions/function/invocations"));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
        request.Headers.Add("X-Amz-Invocation-Type", "Event");
        using var response = await http.SendAsync(request, cancel);
    }

    void Expect(bool holds, string otherwise)
    {
        if (!holds && _faults.Count < 10)
            _faults.Add(otherwise);
    }

    sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("soak-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
