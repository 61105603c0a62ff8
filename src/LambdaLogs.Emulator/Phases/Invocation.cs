namespace LambdaLogs.Emulator.Phases;

/// <summary>One invocation, from the queue to its report.</summary>
/// <param name="RequestId">A UUID.</param>
/// <param name="TraceId">The value of <c>X-Amzn-Trace-Id</c>. Null without tracing.</param>
internal sealed record Invocation(string RequestId, string? TraceId)
{
    /// <summary>The version or alias that was called. Null for none.</summary>
    public string? Qualifier { get; init; }

    /// <summary>The tenant that it is for. Null for none.</summary>
    public string? TenantId { get; init; }

    /// <summary>1 for the first that this sandbox took up. Zero while it waits.</summary>
    public int Number { get; init; }

    /// <summary>When the sandbox took it up; the function's timeout counts from here.</summary>
    public Moment Started { get; init; }

    public DateTimeOffset Deadline { get; init; }

    /// <summary>When the runtime got it. Null before.</summary>
    public Moment? Sent { get; init; }

    /// <summary>When the first byte of the response came. Null before.</summary>
    public Moment? ResponseStart { get; init; }

    /// <summary>When the response was whole. Null before.</summary>
    public Moment? ResponseEnd { get; init; }

    /// <summary>Size of the response in bytes.</summary>
    public long ProducedBytes { get; init; }

    /// <summary>When the runtime asked for the next event. Null before.</summary>
    public Moment? RuntimeDone { get; init; }

    public bool HasResponded => ResponseEnd is not null;
}
