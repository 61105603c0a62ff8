using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Decides which records are forwarded. Lines always are, and so are events of a category nobody knows: losing them is worse than sending
/// them. Pure: any thread.
/// </summary>
internal sealed class RecordFilter(FilterOptions options)
{
    readonly PlatformEventSet _events = options.PlatformEvents;

    /// <summary>Whether the record is forwarded.</summary>
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
