using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// The main loop on an on-demand function: <c>/next</c>, an invocation, <c>/next</c>, and so on until SHUTDOWN. Runs on the main thread
/// and blocks it.
/// </summary>
/// <param name="api">The Extensions API.</param>
/// <param name="signals">The platform events seen so far.</param>
/// <param name="flow">The pipeline and the other shared objects.</param>
/// <param name="options">When to hold <c>/next</c>.</param>
/// <param name="shutdown">Runs at SHUTDOWN.</param>
internal sealed class InvocationLoop(ExtensionsApi api, PlatformSignals signals, Flow flow, FlushOptions options, Shutdown shutdown)
{
    readonly Traffic _traffic = new();
    readonly Thaw _thaw = new(flow.Time);
    Invocation? _last;
    long _runtimeDonesAtMiss = -1;

    /// <summary>Runs until SHUTDOWN.</summary>
    /// <param name="first">An event that has come already, and waits. Null: none.</param>
    /// <returns>The exit code: 0.</returns>
    public int Run(PlatformEvent? first = null)
    {
        while (true)
        {
            var happened = Next(first);
            first = null;
            switch (happened.Kind)
            {
                case PlatformEventKind.Shutdown:
                    GuardedThaw();
                    shutdown.Run(happened, _last);
                    return 0;
                case PlatformEventKind.Invoke:
                    Guarded(happened);
                    break;
            }
        }
    }

    PlatformEvent Next(PlatformEvent? first)
    {
        _traffic.CallingNext(flow.Time.GetUtcNow());
        _thaw.Mark();
        return first ?? api.Next();
    }

    void Guarded(PlatformEvent invoke)
    {
        try
        {
            Handle(invoke);
        }
        catch (Exception error)
        {
            // Whatever fails here must not stop the function: /next is called anyway, and the call also is this loop's wait.
            flow.Log.Error($"an invocation could not be handled: {ExceptionText.Of(error)}");
        }
    }

    void Handle(PlatformEvent invoke)
    {
        var now = flow.Time.GetUtcNow();
        _traffic.Invoked(now, HandlerEnded());
        _last = new Invocation(invoke.RequestId, now, invoke.Deadline);
        signals.Expect(invoke.RequestId);
        LookForThaw();
        flow.Pipeline.Resume(now + Budget.ForRuntimeDone(now, invoke.Deadline));
        if (Decide() == HoldDecision.HoldUntilDelivered)
            Hold(_last);
        flow.Metrics?.Report(isFinal: false);
    }

    void GuardedThaw()
    {
        try
        {
            LookForThaw();
        }
        catch (Exception error)
        {
            // SHUTDOWN is handled anyway.
            flow.Log.Error($"an invocation could not be handled: {ExceptionText.Of(error)}");
        }
    }

    void LookForThaw()
    {
        if (_thaw.Look(out var begunBefore) != ThawKind.None)
            flow.Thawed(begunBefore);
    }

    DateTimeOffset? HandlerEnded() =>
        _last is { } last && signals.FindRuntimeDone(last.RequestId) is { Duration: { } duration } ? last.Started + duration : null;

    HoldDecision Decide() => HoldPolicy.Decide(new HoldInputs
    {
        Mode = options.Mode,
        TrafficIsQuick = _traffic.IsQuick,
        UntilAttempt = flow.Pipeline.UntilAttempt,
        RuntimeDoneMissing = _runtimeDonesAtMiss == signals.RuntimeDones,
    });

    void Hold(Invocation invocation)
    {
        var wait = Budget.ForRuntimeDone(invocation.Started, invocation.Deadline);
        var done = signals.WaitFor(seen => seen.FindRuntimeDone(invocation.RequestId) is not null, wait);
        _runtimeDonesAtMiss = done ? -1 : signals.RuntimeDones;

        var ended = flow.Time.GetUtcNow();
        var deadline = Budget.ForFlush(ended, invocation.Deadline, options.Timeout);
        if (done && options.Grace > TimeSpan.Zero)
            SettleTime.Wait(signals, flow.Time, Budget.Shorter(options.Grace, deadline - ended));

        flow.Receiver.FlushHeld(olderThan: TimeSpan.FromSeconds(1));
        flow.Flush(deadline);
        flow.Held(flow.Time.GetUtcNow() - ended);
    }
}
