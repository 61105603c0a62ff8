using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Why a piece of a telemetry body is not an event. Its text is passed on as a record anyway.</summary>
internal enum UnreadableReason
{
    /// <summary>It is not JSON.</summary>
    Syntax,

    /// <summary>It ends within a value, and the rest did not arrive.</summary>
    Incomplete,

    /// <summary>It nests deeper than <see cref="JsonScanner.DepthMax"/>.</summary>
    TooDeep,

    /// <summary>It is JSON but not an event: no <c>type</c>, or a line without <c>record</c>.</summary>
    NotAnEvent,
}
