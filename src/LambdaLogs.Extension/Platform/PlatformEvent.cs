namespace LambdaLogs.Extension.Platform;

/// <summary>What the response to <c>/next</c> is about.</summary>
internal enum PlatformEventKind
{
    /// <summary>An invocation has started.</summary>
    Invoke,

    /// <summary>The sandbox is being shut down.</summary>
    Shutdown,

    /// <summary>A kind that is not known yet. It asks for nothing.</summary>
    Other,
}

/// <summary>
/// One event from <c>/next</c>.
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#extensions-api-next"/>.
/// </summary>
/// <param name="Kind">What it is about.</param>
/// <param name="DeadlineUnixMs">
/// Wall-clock milliseconds since 1970: the function's timeout, or when the process is killed. 0: not said.
/// </param>
/// <param name="RequestId">The invocation's id; empty for a shutdown.</param>
/// <param name="ShutdownReason">
/// <c>spindown</c>, <c>timeout</c>, <c>failure</c> or one not known yet, in any letter case; empty for an invocation.
/// </param>
internal sealed record PlatformEvent(PlatformEventKind Kind, long DeadlineUnixMs, string RequestId, string ShutdownReason)
{
    /// <summary>The deadline as a point in time. Where none was said: as far away as can be.</summary>
    public DateTimeOffset Deadline => DeadlineUnixMs is > 0 and < 253_402_300_799_999
        ? DateTimeOffset.FromUnixTimeMilliseconds(DeadlineUnixMs)
        : DateTimeOffset.MaxValue;
}
