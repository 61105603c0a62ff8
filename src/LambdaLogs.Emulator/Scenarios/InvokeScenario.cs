namespace LambdaLogs.Emulator.Scenarios;

/// <summary>The common run: a number of invocations, a pause frozen after each, then the end of the sandbox.</summary>
internal sealed record InvokeScenario
{
    /// <summary>How many invocations. Zero: the sandbox is left to callers from outside until the run is cancelled.</summary>
    public int Invocations { get; init; } = 1;

    /// <summary>The event of every invocation.</summary>
    public ReadOnlyMemory<byte> Event { get; init; } = "{}"u8.ToArray();

    /// <summary>The tenant of every invocation. Null for none.</summary>
    public string? TenantId { get; init; }

    /// <summary>How long the sandbox stays frozen before the next invocation. Default none.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>After the invocations the sandbox is left to callers from outside until the run is cancelled. Default false.</summary>
    public bool Stays { get; init; }

    /// <summary>No invocation is made after one that failed. Default false.</summary>
    public bool EndsOnError { get; init; }

    /// <summary>Plays it.</summary>
    /// <param name="lambda">Created, not begun; it has ended when this returns.</param>
    /// <param name="time">For the pauses.</param>
    /// <param name="cancel">Ends the invocations early; the sandbox is still brought to its end.</param>
    public async Task<ScenarioResult> RunAsync(EmulatedLambda lambda, TimeProvider time, CancellationToken cancel)
    {
        var results = new List<InvokeResult>();
        try
        {
            await lambda.BeginAsync(cancel);
            if (Invocations == 0)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
            for (var i = 0; i < Invocations; i++)
            {
                if (i > 0 && Pause > TimeSpan.Zero)
                    await Task.Delay(Pause, time, cancel);
                var result = await lambda.InvokeAsync(Event, TenantId, cancel);
                results.Add(result);
                await result.Finished.WaitAsync(cancel);
                await lambda.IdleAsync(cancel);
                if (EndsOnError && result.Status != "success")
                    break;
            }

            if (Stays)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Asked to end: what follows is the same as after the last invocation. An Init under way is waited for, within its limit.
        }

        await lambda.ShutdownAsync(CancellationToken.None);
        return new ScenarioResult(results, lambda.Transcript.Events) { Telemetry = lambda.Telemetry.Counts };
    }
}
