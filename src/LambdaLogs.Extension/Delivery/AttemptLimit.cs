using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Delivery;

/// <summary>The limits of one attempt besides <c>HTTP_TIMEOUT_SECONDS</c>, and how it is made.</summary>
/// <param name="DeadlineTimestamp">When it must end, by the monotonic clock.</param>
/// <param name="Interrupt">Ends it immediately.</param>
/// <param name="IsShutdown">Whether the shutdown has begun. Connections from before it are then not used.</param>
/// <param name="ExpectContinue">Whether to send <c>Expect: 100-continue</c> before the body.</param>
internal readonly record struct AttemptLimit(
    long DeadlineTimestamp, InterruptSignal Interrupt, bool IsShutdown = false, bool ExpectContinue = false)
{
    /// <summary>The same limits for a wait.</summary>
    /// <param name="time">The monotonic clock.</param>
    public WaitLimit ToWaitLimit(TimeProvider time) => new(time, DeadlineTimestamp, Interrupt);
}
