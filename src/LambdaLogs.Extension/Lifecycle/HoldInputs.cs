namespace LambdaLogs.Extension.Lifecycle;

/// <summary>What the decision to hold <c>/next</c> depends on, as plain values.</summary>
internal readonly record struct HoldInputs
{
    /// <summary>What is configured.</summary>
    public required FlushMode Mode { get; init; }

    /// <summary>Whether the next invocation is expected within moments.</summary>
    public bool TrafficIsQuick { get; init; }

    /// <summary>How long the endpoint may not be tried: backoff, Retry-After, an open circuit. Zero or less: it may.</summary>
    public TimeSpan UntilAttempt { get; init; }

    /// <summary>
    /// Whether the last wait for <c>platform.runtimeDone</c> was in vain and none has come since: then the platform, a local one perhaps,
    /// does not send it.
    /// </summary>
    public bool RuntimeDoneMissing { get; init; }
}
