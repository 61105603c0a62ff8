using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Delivery;

/// <summary>The limits of one attempt besides <c>HTTP_TIMEOUT_SECONDS</c>, and how it is made.</summary>
/// <param name="DeadlineTimestamp">When it must end, by the monotonic clock.</param>
/// <param name="Interrupt">Ends it immediately.</param>
/// <param name="IsFinal">Whether the process ends afterwards. Connections from before the last freeze are then not used.</param>
/// <param name="ExpectContinue">Whether to send <c>Expect: 100-continue</c> before the body.</param>
internal readonly record struct AttemptLimit(
    long DeadlineTimestamp, InterruptSignal Interrupt, bool IsFinal = false, bool ExpectContinue = false)
{
    /// <summary>The same limits for a wait.</summary>
    /// <param name="time">The monotonic clock.</param>
    public WaitLimit Wait(TimeProvider time) => new(time, DeadlineTimestamp, Interrupt);
}
