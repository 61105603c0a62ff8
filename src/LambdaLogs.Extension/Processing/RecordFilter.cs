using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Decides which records are forwarded. Lines always are, and so are events of unknown categories, because a loss would be worse. Pure.
/// Any thread.
/// </summary>
internal sealed class RecordFilter(FilterOptions options)
{
    readonly PlatformEventSet _events = options.PlatformEvents;

    /// <summary>Returns whether a record is forwarded.</summary>
    public bool Keep(in LogRecord record) => record.Kind is EventKind.Line or EventKind.Other || KeepsEvent(record.Kind, record.Status);

    bool KeepsEvent(EventKind kind, PlatformStatus status)
    {
        var bit = (PlatformEventSet)(1 << (int)kind);
        if ((_events & bit) != 0)
            return true;

        var isFailure = kind == EventKind.RuntimeDone && status != PlatformStatus.Success;
        return isFailure && (_events & PlatformEventSet.RuntimeDoneUnlessSuccess) != 0;
    }
}
