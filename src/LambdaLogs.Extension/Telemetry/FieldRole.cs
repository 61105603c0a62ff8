namespace LambdaLogs.Extension.Telemetry;

/// <summary>The meaning of a member of a line's JSON object.</summary>
internal enum FieldRole : byte
{
    /// <summary>An ordinary attribute.</summary>
    None,

    /// <summary>The message.</summary>
    Message,

    /// <summary>The message, if the value is a string.</summary>
    Text,

    /// <summary>The level.</summary>
    Level,

    /// <summary>A number that is a level only if its value is a valid one.</summary>
    Priority,

    /// <summary>The time.</summary>
    Time,

    /// <summary>The request id.</summary>
    RequestId,

    /// <summary>The trace.</summary>
    TraceId,

    /// <summary>The span.</summary>
    SpanId,

    /// <summary>The tenant id.</summary>
    Tenant,

    /// <summary>The ARN of a durable execution.</summary>
    Execution,

    /// <summary>The operation of a durable execution.</summary>
    Operation,

    /// <summary>The attempt of an operation.</summary>
    Attempt,

    /// <summary>An object that may contain a level or a message: <c>log</c>, <c>_meta</c>, <c>record</c>, <c>fields</c>.</summary>
    NestedObject,

    /// <summary>A field that only Python's <c>logging</c> writes, which shows how to read numeric levels.</summary>
    PythonHint,

    /// <summary>A field that only Datadog reads, which shows that <c>status</c> is the level.</summary>
    DatadogHint,

    /// <summary>The outcome of anything, or the level for Datadog.</summary>
    Status,
}
