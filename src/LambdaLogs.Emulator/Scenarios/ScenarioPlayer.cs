using System.Text;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>Runs the steps of a scenario.</summary>
/// <param name="scenario">A valid scenario.</param>
/// <param name="destination">The destination. Null if none was started.</param>
/// <param name="time">The clock for the pauses.</param>
internal sealed class ScenarioPlayer(ScenarioFile scenario, ScriptedDestination? destination, TimeProvider time)
{
    readonly List<InvokeResult> _results = [];
    readonly List<Task> _running = [];

    /// <summary>True: after the last step, the sandbox waits for external callers until the run is cancelled. Default false.</summary>
    public bool KeepsRunning { get; init; }

    /// <summary>True: the run stops after an invocation that fails unexpectedly. Default false.</summary>
    public bool StopsOnError { get; init; }

    /// <summary>Runs the steps.</summary>
    /// <param name="lambda">A sandbox that was created but has not begun. It has ended when this method returns.</param>
    /// <param name="cancel">Cancels the remaining steps; the sandbox is still shut down.</param>
    public async Task<ScenarioResult> RunAsync(EmulatedLambda lambda, CancellationToken cancel)
    {
        try
        {
            await lambda.BeginAsync(cancel);
            foreach (var step in scenario.Steps.TakeWhile(_ => !IsOver))
                await RunStepAsync(step, lambda, cancel);
            await Task.WhenAll(_running).WaitAsync(cancel);
            if (KeepsRunning)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The run was cancelled and shuts down as after the last step.
        }

        await lambda.ShutdownAsync(CancellationToken.None);
        var results = _results.ToArray();
        return new ScenarioResult(results, lambda.Transcript.Events) { Telemetry = lambda.Telemetry.Counts };
    }

    /// <summary>Runs a single step. An invocation is made once, and its end is awaited.</summary>
    public static Task RunSingleStepAsync(
        ScenarioStep step, EmulatedLambda lambda, ScriptedDestination? destination, TimeProvider time, CancellationToken cancel) =>
        new ScenarioPlayer(new ScenarioFile { Steps = [step] }, destination, time).RunStepAsync(step, lambda, cancel);

    bool IsOver
    {
        get
        {
            lock (_results)
                return StopsOnError && _results.Where((r, i) => r.Finished.IsCompleted && scenario.Expect.IsFailure(i, r)).Any();
        }
    }

    async Task RunStepAsync(ScenarioStep step, EmulatedLambda lambda, CancellationToken cancel)
    {
        if (step.Invoke is not null)
            await InvokeAsync(step, lambda, cancel);
        else if (step.Pause is not null)
            await Task.Delay(Time(step.Pause), time, cancel);
        else if (step.Freeze is not null)
            await FreezeAsync(Time(step.Freeze), lambda, cancel);
        else if (step.Shutdown)
            await lambda.ShutdownAsync(cancel);
        else if (step.Kill is not null)
            await KillAsync(step.Kill, lambda, cancel);
        else if (step.Telemetry is not null)
            await lambda.Telemetry.SendRawAsync(Encoding.UTF8.GetBytes(step.Telemetry));
        else
            RunImmediateStep(step, lambda);
    }

    void RunImmediateStep(ScenarioStep step, EmulatedLambda lambda)
    {
        step.Fault?.ApplyTo(lambda.Faults);
        if (destination is not null)
            step.Endpoint?.ApplyTo(destination);
        if (step.LogsDropped is { } records)
            lambda.Telemetry.SayLogsDropped(records, records * 100L, "published by the scenario");
        if (step.Line is not null)
            lambda.Telemetry.SayFunctionLine(step.Line);
        if (step.Flush)
            lambda.Telemetry.Flush();
    }

    /// <summary>Waits until the process has ended, so that the next step does not run before.</summary>
    static async Task KillAsync(string extension, EmulatedLambda lambda, CancellationToken cancel)
    {
        var from = lambda.Transcript.Events.Count;
        if (lambda.KillExtension(extension))
        {
            await lambda.WaitForAsync(
                e => e.Kind is TranscriptKind.ProcessExited && e.Source == extension, Timeout.InfiniteTimeSpan, from, cancel);
        }
    }

    async Task InvokeAsync(ScenarioStep step, EmulatedLambda lambda, CancellationToken cancel)
    {
        var payload = Encoding.UTF8.GetBytes(step.Invoke!.Value.GetRawText());
        for (var i = 0; i < step.Times; i++)
        {
            if (IsOver)
                return;
            if (i > 0)
                await Task.Delay(Time(step.Every), time, cancel);
            var invocation = InvokeOnceAsync(payload, lambda, cancel);
            if (step.Wait)
                await invocation;
            else
                _running.Add(invocation);
        }
    }

    async Task InvokeOnceAsync(byte[] payload, EmulatedLambda lambda, CancellationToken cancel)
    {
        var result = await lambda.InvokeAsync(payload, cancel);
        lock (_results)
            _results.Add(result);
        await result.Finished.WaitAsync(cancel);
        await lambda.IdleAsync(cancel);
    }

    async Task FreezeAsync(TimeSpan duration, EmulatedLambda lambda, CancellationToken cancel)
    {
        lambda.Freeze();
        try
        {
            await Task.Delay(duration, time, cancel);
        }
        finally
        {
            lambda.Thaw();
        }
    }

    static TimeSpan Time(string text) => Durations.TryParse(text, out var duration) ? duration : TimeSpan.Zero;
}
