using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Decides which records are forwarded. Lines of a chosen stream are, and so are events of unknown categories, because a loss would be
/// worse. Pure. Any thread.
/// </summary>
internal sealed class RecordFilter(FilterOptions options)
{
    readonly PlatformEventSet _events = options.PlatformEvents;

    /// <summary>Returns whether a record is forwarded.</summary>
    public bool Keep(in LogRecord record) => record.Kind switch
    {
        EventKind.Line => IsOfExtension(in record) ? options.ExtensionLines : options.FunctionLines,
        EventKind.Other => true,
        _ => KeepsEvent(record.Kind, record.Status),
    };

    // The log types "function" and "extension" differ in length.
    static bool IsOfExtension(in LogRecord record) => record.LogType.Length == "extension".Length;

    bool KeepsEvent(EventKind kind, PlatformStatus status)
    {
        var bit = (PlatformEventSet)(1 << (int)kind);
        if ((_events & bit) != 0)
            return true;

        var isFailure = kind == EventKind.RuntimeDone && status != PlatformStatus.Success;
        return isFailure && (_events & PlatformEventSet.RuntimeDoneUnlessSuccess) != 0;
    }
}
