using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Invocations on a Managed Instance: as many at once as the runtime asks for, each with its own timeout.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-execution-environment.html"/>
/// </remarks>
internal static class ManagedInvokes
{
    /// <summary>Assigns queued invocations to the runtime's waiting calls.</summary>
    public static void Dispatch(Step step)
    {
        while (step.State is { RuntimeCalls: > 0, Queue.IsEmpty: false })
            Send(step);
    }

    public static void Responded(Step step, SandboxInput.RuntimeResponded responded)
    {
        if (!step.State.Active.TryGetValue(responded.RequestId, out var active))
            return;

        step.AddEffect(new SandboxEffect.RespondToCaller(responded.RequestId));
        Finish(step, active with { ResponseStart = responded.Began, ResponseEnd = step.Now }, Outcome.Success);
    }

    /// <summary>Handles the timeout of one invocation; the others continue.</summary>
    public static void TimedOut(Step step, string requestId)
    {
        if (!step.State.Active.TryGetValue(requestId, out var active))
            return;

        step.AddEffect(new SandboxEffect.FailCaller(requestId, "Sandbox.Timedout", InvokePhase.TimeoutMessage(step.Rules)));
        Finish(step, active, Outcome.Timeout);
    }

    /// <summary>Fails all running invocations because the environment failed.</summary>
    public static void FailAll(Step step, string errorType, string message)
    {
        foreach (var active in step.State.Active.Values)
        {
            step.AddEffect(new SandboxEffect.FailCaller(active.RequestId, errorType, message));
            Report(step, active, Outcome.Error(errorType));
        }
    }

    static void Send(Step step)
    {
        var queue = step.State.Queue.Dequeue(out var waiting);
        var sent = waiting with
        {
            Number = step.State.InvocationsStarted + 1,
            Started = step.Now,
            Sent = step.Now,
            Deadline = step.Now.Wall + step.Rules.FunctionTimeout,
        };
        step.State = step.State with
        {
            Queue = queue,
            InvocationsStarted = sent.Number,
            RuntimeCalls = step.State.RuntimeCalls - 1,
            Active = step.State.Active.Add(sent.RequestId, sent),
        };
        var function = step.Rules.Function;
        step.Publish(new PlatformEvent.Start(step.Now.Wall, sent.RequestId, function.Version, sent.TraceId, function.Arn));
        step.AddEffect(new SandboxEffect.SetTimer(sent.RequestId, step.Rules.FunctionTimeout));
        step.AddEffect(new SandboxEffect.SendInvocation(sent));
    }

    static void Finish(Step step, Invocation invocation, Outcome outcome)
    {
        Report(step, invocation, outcome);
        IdlePhase.Next(step);
    }

    static void Report(Step step, Invocation invocation, Outcome outcome)
    {
        var spans = InvocationSpans.Of(invocation, step.Now);
        step.AddEffect(new SandboxEffect.CancelTimer(invocation.RequestId));
        step.State = step.State with { Active = step.State.Active.Remove(invocation.RequestId) };
        step.Publish(new PlatformEvent.ManagedReport(
            step.Now.Wall, invocation.RequestId, outcome, step.Now.Since(invocation.Started), spans?.Latency, spans?.Transfer));
        step.AddEffect(new SandboxEffect.Finish(invocation, outcome, null));
    }
}
