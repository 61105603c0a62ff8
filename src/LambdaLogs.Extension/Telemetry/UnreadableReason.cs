using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Why a piece of a telemetry body was not read as an event. Its text is passed on as a record all the same.</summary>
internal enum UnreadableReason
{
    /// <summary>It is not JSON.</summary>
    Syntax,

    /// <summary>It ends within a value, and what would complete it did not come.</summary>
    Incomplete,

    /// <summary>It nests deeper than <see cref="JsonScanner.DepthMax"/>.</summary>
    TooDeep,

    /// <summary>It is JSON, but no event: no <c>type</c>, or a line without <c>record</c>.</summary>
    NotAnEvent,
}
