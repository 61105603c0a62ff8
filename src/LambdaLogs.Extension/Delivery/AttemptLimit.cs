using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Delivery;

/// <summary>What ends one attempt, besides <c>HTTP_TIMEOUT_SECONDS</c>, and how it is to be made.</summary>
/// <param name="DeadlineTimestamp">When it has to be over, by the monotonic clock.</param>
/// <param name="Interrupt">Ends it at once.</param>
/// <param name="IsFinal">Whether the process ends afterwards: nothing from before the last freeze is trusted.</param>
/// <param name="FirstTryExpect100">Whether to ask with <c>Expect: 100-continue</c> before the body is sent.</param>
internal readonly record struct AttemptLimit(
    long DeadlineTimestamp, InterruptSignal Interrupt, bool IsFinal = false, bool FirstTryExpect100 = false)
{
    /// <summary>The same for a wait.</summary>
    /// <param name="time">The monotonic clock.</param>
    public WaitLimit Wait(TimeProvider time) => new(time, DeadlineTimestamp, Interrupt);
}
