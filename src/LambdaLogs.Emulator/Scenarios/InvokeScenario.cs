namespace LambdaLogs.Emulator.Scenarios;

/// <summary>The default run: a number of invocations with a frozen pause after each, then a shutdown.</summary>
internal sealed record InvokeScenario
{
    /// <summary>The number of invocations. Zero: the sandbox waits for external callers until the run is cancelled.</summary>
    public int Invocations { get; init; } = 1;

    /// <summary>The event of every invocation, as JSON.</summary>
    public ReadOnlyMemory<byte> Event { get; init; } = "{}"u8.ToArray();

    /// <summary>The tenant ID of every invocation. Null for none.</summary>
    public string? TenantId { get; init; }

    /// <summary>How long the sandbox stays frozen before the next invocation. Default zero.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>True: after the invocations, the sandbox waits for external callers until the run is cancelled. Default false.</summary>
    public bool KeepsRunning { get; init; }

    /// <summary>True: the run stops after the first failed invocation. Default false.</summary>
    public bool StopsOnError { get; init; }

    /// <summary>Runs the scenario.</summary>
    /// <param name="lambda">A sandbox that was created but has not begun. It has ended when this method returns.</param>
    /// <param name="time">The clock for the pauses.</param>
    /// <param name="cancel">Cancels the remaining invocations; the sandbox is still shut down.</param>
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
                if (StopsOnError && result.Status != "success")
                    break;
            }

            if (KeepsRunning)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The run was cancelled and shuts down as after the last invocation. A running Init is awaited within its time limit.
        }

        await lambda.ShutdownAsync(CancellationToken.None);
        return new ScenarioResult(results, lambda.Transcript.Events) { Telemetry = lambda.Telemetry.Counts };
    }
}
