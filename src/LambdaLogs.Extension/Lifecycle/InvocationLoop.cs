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
/// <param name="context">The pipeline and the other shared objects.</param>
/// <param name="options">When to hold <c>/next</c>.</param>
/// <param name="shutdown">Runs at SHUTDOWN.</param>
internal sealed class InvocationLoop(
    ExtensionsApi api, PlatformSignals signals, LoopContext context, FlushOptions options, Shutdown shutdown)
{
    readonly InvocationFrequency _frequency = new();
    readonly ThawDetector _thawDetector = new(context.Time);
    Invocation? _last;
    long _runtimeDoneCountAtTimeout = -1;

    /// <summary>Runs until SHUTDOWN.</summary>
    /// <param name="first">An event that has come already, and waits. Null: none.</param>
    /// <returns>The exit code: 0.</returns>
    public int Run(PlatformEvent? first = null)
    {
        while (true)
        {
            var nextEvent = NextEvent(first);
            first = null;
            switch (nextEvent.Kind)
            {
                case PlatformEventKind.Shutdown:
                    DetectThawGuarded();
                    shutdown.Run(nextEvent, _last);
                    return 0;
                case PlatformEventKind.Invoke:
                    HandleGuarded(nextEvent);
                    break;
            }
        }
    }

    PlatformEvent NextEvent(PlatformEvent? first)
    {
        _frequency.RecordNextCall(context.Time.GetUtcNow());
        _thawDetector.Mark();
        return first ?? api.Next();
    }

    void HandleGuarded(PlatformEvent invoke)
    {
        try
        {
            Handle(invoke);
        }
        catch (Exception error)
        {
            // Whatever fails here must not stop the function: /next is called anyway, and that call waits, so the loop does not spin.
            context.Log.Error($"an invocation could not be handled: {ExceptionText.Of(error)}");
            // The sender was perhaps not woken for the last records, because a flush was to follow.
            context.Pipeline.Resume();
        }
    }

    void Handle(PlatformEvent invoke)
    {
        var now = context.Time.GetUtcNow();
        _frequency.RecordInvocation(now, HandlerEnded());
        _last = new Invocation(invoke.RequestId, now, invoke.Deadline);
        signals.Expect(invoke.RequestId);
        DetectThaw();
        context.Pipeline.Resume(now + Budget.ForRuntimeDone(now, invoke.Deadline));
        if (Decide() == HoldDecision.HoldUntilDelivered)
            Hold(_last);
        context.Metrics?.Report(isFinal: false);
    }

    void DetectThawGuarded()
    {
        try
        {
            DetectThaw();
        }
        catch (Exception error)
        {
            // SHUTDOWN is handled anyway.
            context.Log.Error($"stale connections could not be interrupted at shutdown: {ExceptionText.Of(error)}");
        }
    }

    void DetectThaw()
    {
        if (_thawDetector.Detect(out var begunBefore) != ThawKind.None)
            context.InterruptStaleAttempt(begunBefore);
    }

    DateTimeOffset? HandlerEnded() =>
        _last is { } last && signals.FindRuntimeDone(last.RequestId) is { Duration: { } duration } ? last.Started + duration : null;

    HoldDecision Decide() => HoldPolicy.Decide(new HoldInputs
    {
        Mode = options.Mode,
        InvocationsAreFrequent = _frequency.IsHigh,
        UntilAttempt = context.Pipeline.UntilAttempt,
        RuntimeDoneMissing = _runtimeDoneCountAtTimeout == signals.RuntimeDoneCount,
    });

    void Hold(Invocation invocation)
    {
        var wait = Budget.ForRuntimeDone(invocation.Started, invocation.Deadline);
        var done = signals.WaitFor(
            seen => seen.FindRuntimeDone(invocation.RequestId) is not null, wait, flushes: options.Grace <= TimeSpan.Zero);
        _runtimeDoneCountAtTimeout = done ? -1 : signals.RuntimeDoneCount;

        var ended = context.Time.GetUtcNow();
        var deadline = Budget.ForFlush(ended, invocation.Deadline, options.Timeout);
        if (done && options.Grace > TimeSpan.Zero)
            SettleTime.Wait(signals, context.Time, Budget.Shorter(options.Grace, deadline - ended));

        context.Receiver.FlushHeld(olderThan: TimeSpan.FromSeconds(1));
        context.Flush(deadline);
        context.AddHold(context.Time.GetUtcNow() - ended);
    }
}
