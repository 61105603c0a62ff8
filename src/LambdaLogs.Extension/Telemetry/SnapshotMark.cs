using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Tells records of a SnapStart snapshot from those of the environment that was restored from it. What was written while the function was
/// published is sent again by every such environment: it is no cold start of ours. The reader's thread.
/// </summary>
internal sealed class SnapshotMark
{
    readonly byte[] _restored = new byte[LogRecord.NameBytesMax];
    int _restoredLength;
    bool _isTaken;

    /// <summary>Notes what a platform event says of snapshots.</summary>
    /// <param name="kind">The event.</param>
    /// <param name="initializationType">The record's, or empty.</param>
    /// <param name="time">The event's time.</param>
    public void Note(EventKind kind, ReadOnlySpan<byte> initializationType, ReadOnlySpan<byte> time)
    {
        if (initializationType.SequenceEqual("snap-start"u8))
        {
            // One that arrives behind the restore is only late.
            _isTaken = _restoredLength == 0 || Rfc3339.Compare(time, _restored.AsSpan(0, _restoredLength)) > 0;
        }
        else if (kind == EventKind.RestoreStart)
        {
            _isTaken = false;
            time.CopyTo(_restored);
            _restoredLength = time.Length;
        }
        else if (kind == EventKind.Start)
        {
            _isTaken = false;
        }
    }

    /// <summary>Whether a record of this time is of the snapshot.</summary>
    public bool Covers(ReadOnlySpan<byte> time) =>
        _isTaken || (_restoredLength > 0 && Rfc3339.Compare(time, _restored.AsSpan(0, _restoredLength)) < 0);
}
