using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>
/// Invoke, one invocation at a time: until the runtime and all extensions registered for INVOKE have asked for their next event.
/// </summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-invoke"/>
/// </remarks>
internal static class InvokePhase
{
    public static string TimeoutMessage(SandboxRules rules) =>
        FormattableString.Invariant($"Task timed out after {rules.FunctionTimeout.TotalSeconds:0.00} seconds");

    /// <summary>Starts the oldest queued invocation, with its own Init if no processes run.</summary>
    public static void StartNext(Step step)
    {
        var state = step.State;
        var queue = state.Queue.Dequeue(out var waiting);
        var current = waiting with
        {
            Number = state.InvocationsStarted + 1,
            Started = step.Now,
            Deadline = step.Now.Wall + step.Rules.FunctionTimeout,
        };
        step.State = state with { Queue = queue, Current = current, InvocationsStarted = current.Number };
        step.Thaw();
        step.StartPhaseTimer(step.Rules.FunctionTimeout);
        if (state.Phase is Phase.Down)
        {
            InitPhase.Begin(step, "invoke");
            return;
        }

        RestorePhase.Begin(step);
    }

    public static void Start(Step step)
    {
        var invocation = step.State.Current!;
        step.Enter(Phase.Invoke);
        PublishStart(step, invocation);
        if (step.State.RuntimeCalls > 0)
            Send(step);
        var arn = step.Rules.Function.ArnOf(invocation.Qualifier);
        var item = new ExtensionEvent.Invoke(invocation.Deadline, invocation.RequestId, arn, invocation.TraceId);
        foreach (var extension in step.State.Extensions.Where(e => e.WantsInvoke))
            step.SendEvent(extension, item);
    }

    public static void RuntimeNext(Step step)
    {
        var state = step.State;
        if (state.Current is { Sent: null })
        {
            Send(step);
            return;
        }

        if (state.Runtime is not RuntimeStatus.Responded)
            return;

        step.State = state with { Runtime = RuntimeStatus.Ready, Current = state.Current! with { RuntimeDone = step.Now } };
        PublishRuntimeDone(step, Outcome.Success);
        CheckDone(step);
    }

    public static void Responded(Step step, SandboxInput.RuntimeResponded responded)
    {
        if (step.Rules.IsManaged)
        {
            ManagedInvokes.Responded(step, responded);
            return;
        }

        step.State = step.State with
        {
            Runtime = RuntimeStatus.Responded,
            Current = step.State.Current! with
            {
                ResponseStart = responded.Began,
                ResponseEnd = step.Now,
                ProducedBytes = responded.Bytes,
            },
        };
        step.AddEffect(new SandboxEffect.RespondToCaller(responded.RequestId));
    }

    public static void CheckDone(Step step)
    {
        var state = step.State;
        if (state is not { Phase: Phase.Invoke, Runtime: RuntimeStatus.Ready, Current.RuntimeDone: not null })
            return;
        if (state.Extensions.Any(e => e.WantsInvoke && !e.IsDone))
            return;

        step.CancelPhaseTimer();
        Finish(step, Outcome.Success);
        step.Enter(Phase.Ready);
        IdlePhase.Next(step);
    }

    public static void TimedOut(Step step) => End(step, Outcome.Timeout, "Sandbox.Timedout", TimeoutMessage(step.Rules));

    /// <summary>Handles a failure of the runtime or an extension; the sandbox is reset.</summary>
    public static void Fail(Step step, string errorType, string message) => End(step, Outcome.Error(errorType), errorType, message);

    /// <summary>Handles a failed Init of an invocation, which never reached the runtime.</summary>
    public static void FailBeforeStart(Step step, Invocation invocation, Outcome outcome, string errorType, string message)
    {
        PublishStart(step, invocation);
        step.AddEffect(new SandboxEffect.FailCaller(invocation.RequestId, errorType, message));
        Finish(step, outcome);
    }

    static void End(Step step, Outcome outcome, string errorType, string message)
    {
        var invocation = step.State.Current!;
        if (invocation.RuntimeDone is null)
            PublishRuntimeDone(step, outcome);
        if (!invocation.HasResponded)
            step.AddEffect(new SandboxEffect.FailCaller(invocation.RequestId, errorType, message));
        Finish(step, outcome);
        EndPhase.BeginReset(step, outcome == Outcome.Timeout ? "timeout" : "failure");
    }

    static void Send(Step step)
    {
        var sent = step.State.Current! with { Sent = step.Now };
        step.State = step.State with { Current = sent, Runtime = RuntimeStatus.Busy, RuntimeCalls = step.State.RuntimeCalls - 1 };
        step.AddEffect(new SandboxEffect.SendInvocation(sent));
    }

    static void PublishStart(Step step, Invocation invocation) => step.Publish(
        new PlatformEvent.Start(step.Now.Wall, invocation.RequestId, step.Rules.Function.Version, invocation.TraceId)
        {
            TenantId = invocation.TenantId,
        });

    static void PublishRuntimeDone(Step step, Outcome outcome)
    {
        var invocation = step.State.Current!;
        step.Publish(new PlatformEvent.RuntimeDone(step.Now.Wall, invocation.RequestId, outcome)
        {
            Duration = step.Now.Since(invocation.Sent ?? invocation.Started),
            ProducedBytes = invocation.ProducedBytes,
            Response = InvocationSpans.Of(invocation, step.Now),
            TraceId = invocation.TraceId,
            TenantId = invocation.TenantId,
        });
    }

    static void Finish(Step step, Outcome outcome)
    {
        var invocation = step.State.Current!;
        var elapsed = step.Now.Since(invocation.Sent ?? invocation.Started);
        TimeSpan? added = invocation.RuntimeDone is { } done ? step.Now.Since(done) : null;
        var hasExtensions = step.State.Extensions.Any(e => e.WantsInvoke);
        step.Publish(new PlatformEvent.Report(step.Now.Wall, invocation.RequestId, outcome)
        {
            Metrics = new ReportMetrics
            {
                Duration = outcome == Outcome.Timeout ? step.Rules.FunctionTimeout : elapsed,
                MemorySizeMb = step.Rules.Function.MemoryMb,
                InitDuration = step.State.InitDuration,
                RestoreDuration = step.State.RestoreDuration,
            },
            ExtensionOverhead = hasExtensions && invocation.RuntimeDone is { } from ? new Span(from.Wall, added!.Value) : null,
            TraceId = invocation.TraceId,
            TenantId = invocation.TenantId,
        });
        step.State = step.State with { Current = null, InitDuration = null, RestoreDuration = null };
        step.AddEffect(new SandboxEffect.Finish(invocation, outcome, added));
    }
}
