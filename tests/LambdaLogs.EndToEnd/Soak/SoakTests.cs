using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>
/// Random lives of a sandbox: faults of the endpoint, freezes at bad moments, shutdown at any moment, every flush mode and format, lines of all shapes.
/// <c>make soak SECONDS=600 SEED=1</c> plays on from a seed; a failing scenario names its own. The variable SOAK_THEME has one theme played, and with SOAK_UNTIL
/// the run ends before that seed, or with the first that fails.
/// </summary>
public sealed class SoakTests
{
    static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public async Task Whatever_happens_each_line_is_delivered_or_counted_in_order_and_nobody_waits()
    {
        var seconds = Setting("SOAK_SECONDS", 60);
        var first = Setting("SOAK_SEED", 1);
        var until = Setting("SOAK_UNTIL", int.MaxValue);
        var watch = Stopwatch.StartNew();
        var next = first - 1;
        var played = 0;
        var failed = new ConcurrentQueue<string>();
        // A scenario mostly waits: one for each processor runs at a time.
        await Task.WhenAll(Enumerable.Range(0, seconds == 0 ? 1 : Environment.ProcessorCount).Select(async _ =>
        {
            do
            {
                if (await PlayAsync(Interlocked.Increment(ref next)) is { } fault)
                    failed.Enqueue(fault);
                Interlocked.Increment(ref played);
            }
            while (watch.Elapsed.TotalSeconds < seconds && Volatile.Read(ref next) + 1 < until && (until == int.MaxValue || failed.IsEmpty));
        }));

        Assert.True(
            failed.IsEmpty,
            $"{failed.Count} of {played} scenarios failed; each is played alone by make soak SECONDS=0 SEED=… THEME=…\n\n{string.Join("\n\n", failed.Take(5))}");
    }

    /// <returns>What did not hold, with the scenario. Null: everything did.</returns>
    static async Task<string?> PlayAsync(int seed)
    {
        var scenario = SoakScenario.From(seed, Environment.GetEnvironmentVariable("SOAK_THEME"));
        var run = new SoakRun(scenario);
        var faults = run.Faults;
        try
        {
            await run.PlayAsync(Scene.Cancel);
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException or IOException)
        {
            faults = [error.Message, .. faults];
        }

        // Said as it goes on: a long run is watched.
        TestContext.Current.SendDiagnosticMessage($"seed {seed}: {(faults.Count == 0 ? "held" : faults[0])}");
        return faults.Count == 0 ? null : $"{scenario}{string.Join("\n", faults)}";
    }
}
