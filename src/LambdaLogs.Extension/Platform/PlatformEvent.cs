namespace LambdaLogs.Extension.Platform;

/// <summary>The kind of an event that <c>/next</c> returns.</summary>
internal enum PlatformEventKind
{
    /// <summary>An invocation has started.</summary>
    Invoke,

    /// <summary>The environment is being shut down.</summary>
    Shutdown,

    /// <summary>An unknown kind. It is ignored.</summary>
    Other,
}

/// <summary>
/// One event from <c>/next</c>.
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#extensions-api-next"/>.
/// </summary>
/// <param name="Kind">What it is about.</param>
/// <param name="DeadlineUnixMs">
/// Wall-clock milliseconds since 1970: the function's timeout, or when the process is killed. 0: not given.
/// </param>
/// <param name="RequestId">The invocation's id; empty for a shutdown.</param>
/// <param name="ShutdownReason">
/// <c>spindown</c>, <c>timeout</c>, <c>failure</c> or an unknown reason, in any letter case; empty for an invocation.
/// </param>
internal sealed record PlatformEvent(PlatformEventKind Kind, long DeadlineUnixMs, string RequestId, string ShutdownReason)
{
    /// <summary>The deadline. <see cref="DateTimeOffset.MaxValue"/> if none was given.</summary>
    public DateTimeOffset Deadline => DeadlineUnixMs is > 0 and < 253_402_300_799_999
        ? DateTimeOffset.FromUnixTimeMilliseconds(DeadlineUnixMs)
        : DateTimeOffset.MaxValue;
}
