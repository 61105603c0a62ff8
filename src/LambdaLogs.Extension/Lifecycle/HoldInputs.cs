namespace LambdaLogs.Extension.Lifecycle;

/// <summary>The values on which the decision to hold <c>/next</c> depends.</summary>
internal readonly record struct HoldInputs
{
    /// <summary>The configured flush mode.</summary>
    public required FlushMode Mode { get; init; }

    /// <summary>Whether the next invocation is expected within a second or so.</summary>
    public bool InvocationsAreFrequent { get; init; }

    /// <summary>
    /// How long the endpoint must not be tried, because of backoff, Retry-After or an open circuit. Zero or less: it may be tried now.
    /// </summary>
    public TimeSpan UntilAttempt { get; init; }

    /// <summary>
    /// Whether the last wait for <c>platform.runtimeDone</c> timed out and none has arrived since. The platform, perhaps a local one, then
    /// does not send it.
    /// </summary>
    public bool RuntimeDoneMissing { get; init; }
}
