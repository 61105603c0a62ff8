namespace LambdaLogs.Extension.Telemetry;

/// <summary>The invocation that a record belongs to, as far as known.</summary>
internal readonly ref struct Attribution
{
    /// <summary>The request id. Empty: not known.</summary>
    public ReadOnlySpan<byte> RequestId { get; init; }

    /// <summary>The root id of its trace. Empty: not known.</summary>
    public ReadOnlySpan<byte> TraceId { get; init; }

    /// <summary>The span of the invocation. Empty: not known.</summary>
    public ReadOnlySpan<byte> SpanId { get; init; }

    /// <summary>See <see cref="Records.LogRecord.Context"/>: tenant and durable execution. Empty: not known.</summary>
    public ReadOnlySpan<byte> Context { get; init; }

    /// <summary>Whether it is the first invocation of this process. Null: not known.</summary>
    public bool? ColdStart { get; init; }

    /// <summary>Number of the attempt with this id, from 1. 0: not known.</summary>
    public int Attempt { get; init; }
}
