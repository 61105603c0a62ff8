using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Properties of a record that rules depend on.</summary>
internal static class RecordTraits
{
    /// <summary>
    /// Whether it is a line of a function or an extension, to which content rules apply. Neither platform events, which
    /// LOGS_PLATFORM_EVENTS selects, nor records that this extension creates.
    /// </summary>
    public static bool IsWrittenLine(this in LogRecord record) =>
        record.Kind == EventKind.Line && !record.LogType.StartsWith("extension."u8);
}
