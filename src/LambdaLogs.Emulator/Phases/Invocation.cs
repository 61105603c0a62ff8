namespace LambdaLogs.Emulator.Phases;

/// <summary>One invocation, from the queue to its report.</summary>
/// <param name="RequestId">A UUID.</param>
/// <param name="TraceId">The value of <c>X-Amzn-Trace-Id</c>. Null without tracing.</param>
internal sealed record Invocation(string RequestId, string? TraceId)
{
    /// <summary>The version or alias in the request. Null for none.</summary>
    public string? Qualifier { get; init; }

    /// <summary>The tenant ID. Null for none.</summary>
    public string? TenantId { get; init; }

    /// <summary>1 for the first invocation that this sandbox started. Zero while it is queued.</summary>
    public int Number { get; init; }

    /// <summary>When the sandbox started it; the function's timeout counts from here.</summary>
    public Moment Started { get; init; }

    public DateTimeOffset Deadline { get; init; }

    /// <summary>When the runtime received it. Null before.</summary>
    public Moment? Sent { get; init; }

    /// <summary>When the first byte of the response arrived. Null before.</summary>
    public Moment? ResponseStart { get; init; }

    /// <summary>When the response was complete. Null before.</summary>
    public Moment? ResponseEnd { get; init; }

    /// <summary>The size of the response in bytes.</summary>
    public long ProducedBytes { get; init; }

    /// <summary>When the runtime asked for the next event. Null before.</summary>
    public Moment? RuntimeDone { get; init; }

    public bool HasResponded => ResponseEnd is not null;
}
