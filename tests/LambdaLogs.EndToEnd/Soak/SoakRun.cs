using System.Globalization;
using System.Text.RegularExpressions;
using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.EndToEnd.Limits;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>Plays one scenario with the shipped layer, and holds everything against what is promised.</summary>
sealed partial class SoakRun(SoakScenario scenario)
{
    // What the arena holds beside the buffer, and what the process takes without it: docs/reliability.md.
    const long RestBytesMax = 24L << 20;

    // A machine under load schedules late; what is asserted is the bound, not the speed.
    const int SlackMs = 1500;

    // Of which half is for whoever has brought whole bodies.
    const long ListenerBytesMax = 33L << 20;

    readonly List<string> _written = [];
    readonly List<string> _faults = [];

    Func<CancellationToken, Task> _beforeLines = _ => Task.CompletedTask;

    /// <summary>What did not hold; empty where everything did.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public async Task PlayAsync(CancellationToken cancel)
    {
        await using var endpoint = new SoakEndpoint();
        var settings = new Dictionary<string, string>(scenario.Settings) { ["HTTP_ENDPOINT"] = endpoint.Url.ToString() };
        if (scenario.IsProxy)
        {
            settings["HTTP_ENDPOINT"] = "http://logs.example/logs";
            settings["HTTP_PROXY"] = endpoint.Url.GetLeftPart(UriPartial.Authority);
        }

        using var pressure = new SandboxPressure();
        int? port = null;
        _beforeLines = async cancel =>
        {
            if (port is { } listener)
                await pressure.PressAsync(listener, cancel);
        };
        await using var lambda = await EmulatedLambda.StartAsync(
            new SandboxOptions
            {
                Function = FunctionSource.InProcess(WriteAsync),
                Layers = [Layer.Zip],
                Environment = settings,
                FunctionName = $"soak-{scenario.Seed}-{Guid.NewGuid():N}",
                MemoryMb = 512,
                Timeout = TimeSpan.FromSeconds(30),
                // The emulator's own buffer must not be what drops lines.
                Feed = new FeedOptions { PendingFactor = 1000 },
            },
            cancel);

        var pid = lambda.ProcessId(Layer.ExtensionName)!.Value;
        if (scenario.IsPressed)
            port = ProcessBounds.ListenerPort(pid);
        foreach (var step in scenario.Steps)
            await InvokeAsync(lambda, endpoint, step, cancel);

        var peak = lambda.PeakResidentBytes(Layer.ExtensionName);
        if (scenario.EndsSwallowed)
            endpoint.SwallowedBefore = endpoint.Connections;
        if (scenario.EndsStarved)
            ProcessBounds.Lower(pid, "nofile=3");
        await lambda.ShutdownAsync(cancel).WaitAsync(Scene.Patience, cancel);
        var extension = lambda.Transcript.Extension(Layer.ExtensionName);
        Expect(extension.ExitCode == 0, $"the exit code was {extension.ExitCode}");
        Expect(extension.Starts == 1, $"the extension was started {extension.Starts} times");
        var bound = scenario.BufferBytes + RestBytesMax + (scenario.IsPressed ? ListenerBytesMax : 0);
        Expect(peak <= bound, $"resident memory rose to {peak >> 10} KiB with a buffer of {scenario.BufferBytes >> 10} KiB");
        Account(endpoint, extension.Lines);
        if (_faults.Count > 0)
            _faults.Add($"{lambda.Transcript.Tail(30)}\n{endpoint.Requests} requests over {endpoint.Connections} connections");
    }

    async Task<string> WriteAsync(InvocationContext invocation)
    {
        await _beforeLines(invocation.Cancel);
        var random = new Random(HashCode.Combine(scenario.Seed, invocation.Number));
        var step = scenario.Steps[Math.Min(invocation.Number, scenario.Steps.Count) - 1];
        for (var line = 1; line <= step.Lines; line++)
        {
            invocation.Log(SoakLines.Line(random, invocation.Number, line, scenario.LineCharsMax));
            _written.Add(SoakLines.Mark(invocation.Number, line));
        }

        return "{}";
    }

    async Task InvokeAsync(EmulatedLambda lambda, SoakEndpoint endpoint, SoakStep step, CancellationToken cancel)
    {
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

        var result = await lambda.InvokeToEndAsync("{}", cancel).WaitAsync(Scene.Patience, cancel);
        var added = result.AddedByExtensions?.TotalMilliseconds ?? double.PositiveInfinity;
        Expect(added <= scenario.FlushTimeoutMs + SlackMs, $"/next came {added:0} ms after the handler of: {step}");
    }

    void Account(SoakEndpoint endpoint, IReadOnlyList<string> lines)
    {
        if (!lines.Any(l => l.StartsWith("[EXTENSION] INFO received ", StringComparison.Ordinal)))
        {
            _faults.Add("the extension wrote no summary");
            return;
        }

        var summary = Summary.Of(lines);
        Expect(summary.Balances, $"the summary does not balance: {summary}");
        var firsts = new Dictionary<string, string>();
        var order = new List<string>();
        foreach (var body in endpoint.Accepted)
        {
            foreach (var mark in SoakLines.Marks(body.Text).Distinct())
            {
                if (firsts.TryAdd(mark, body.BatchId))
                    order.Add(mark);
                else
                    Expect(firsts[mark] == body.BatchId, $"{mark} arrived in the batches {firsts[mark]} and {body.BatchId}");
            }
        }

        // A record that took more work than a body may is delivered without its text, its mark included.
        var unread = RedactedWhole().Match(lines.Last(l => l.StartsWith("[EXTENSION] INFO received ", StringComparison.Ordinal)));
        var redacted = unread.Success ? int.Parse(unread.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        var missing = _written.Where(mark => !firsts.ContainsKey(mark)).Skip(redacted).ToList();
        var counted = summary.Dropped + summary.Spilled + summary.Filtered + summary.Sampled + summary.Joined;
        Expect(missing.Count <= counted, $"{missing.Count} of {_written.Count} lines are missing, {counted} are counted: {summary}; the first is {missing.FirstOrDefault()}");
        Expect(!scenario.LosesNothing || missing.Count == 0, $"{missing.Count} of {_written.Count} lines are missing although nothing had to be lost: {summary}; the first is {missing.FirstOrDefault()}");
        if (scenario.Poison is { } poison && scenario.Steps[^1].Behaviour == Behaviour.Healthy)
            Expect(missing.Count(m => m != poison) == 0, $"{missing.Count} lines are missing beside the one that is never taken: {summary}; the first is {missing.FirstOrDefault(m => m != poison)}");
        // A batch that fails again and again is searched for the line that cannot go; what was refused together with that may be overtaken.
        var refused = endpoint.Refused;
        var places = order.Where(mark => !refused.Contains(mark)).Select(SoakLines.Place).ToList();
        var late = places.Zip(places.Skip(1)).FirstOrDefault(pair => pair.Second.CompareTo(pair.First) < 0);
        Expect(late == default, $"{late.Second} arrived after {late.First}");
    }

    [GeneratedRegex(@"redacted_whole (\d+)")]
    private static partial Regex RedactedWhole();

    void Expect(bool holds, string otherwise)
    {
        if (!holds && _faults.Count < 10)
            _faults.Add(otherwise);
    }
}
