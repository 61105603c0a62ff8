namespace LambdaLogs.Extension.Telemetry;

/// <summary>The invocation that a record belongs to, as far as it is known.</summary>
internal readonly ref struct Attribution
{
    /// <summary>The invocation. Empty: not known.</summary>
    public ReadOnlySpan<byte> RequestId { get; init; }

    /// <summary>Its trace's root id. Empty: not known.</summary>
    public ReadOnlySpan<byte> TraceId { get; init; }

    /// <summary>The span in which it runs. Empty: not known.</summary>
    public ReadOnlySpan<byte> SpanId { get; init; }

    /// <summary>See <see cref="Records.LogRecord.Context"/>: its tenant, its durable execution. Empty: not known.</summary>
    public ReadOnlySpan<byte> Context { get; init; }

    /// <summary>Whether it is the first that this process saw. Null: not known.</summary>
    public bool? ColdStart { get; init; }
}
