namespace LambdaLogs.Extension.Telemetry;

/// <summary>What a member of a line's object may be.</summary>
internal enum FieldRole : byte
{
    /// <summary>An attribute like any other.</summary>
    None,

    /// <summary>The message.</summary>
    Message,

    /// <summary>The message, if it is a text.</summary>
    Text,

    /// <summary>The level.</summary>
    Level,

    /// <summary>A number that is a level only where the value is one.</summary>
    Priority,

    /// <summary>The time.</summary>
    Time,

    /// <summary>The invocation.</summary>
    RequestId,

    /// <summary>The trace.</summary>
    TraceId,

    /// <summary>The span.</summary>
    SpanId,

    /// <summary>The tenant.</summary>
    Tenant,

    /// <summary>A durable execution's ARN.</summary>
    Execution,

    /// <summary>The operation of a durable execution.</summary>
    Operation,

    /// <summary>The attempt of an operation.</summary>
    Attempt,

    /// <summary>An object in which a level or a message may be: <c>log</c>, <c>_meta</c>, <c>record</c>, <c>fields</c>.</summary>
    Holder,

    /// <summary>What Python's <c>logging</c> writes beside its numbers.</summary>
    PythonHint,
}
