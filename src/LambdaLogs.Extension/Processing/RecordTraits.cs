using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>What rules ask about a record.</summary>
internal static class RecordTraits
{
    /// <summary>
    /// Whether it is a line that a function or an extension wrote: what rules about content are for. Not platform events, which
    /// LOGS_PLATFORM_EVENTS chooses, nor what this extension tells of itself.
    /// </summary>
    public static bool IsWritten(this in LogRecord record) =>
        record.Kind == EventKind.Line && !record.LogType.StartsWith("extension."u8);
}
