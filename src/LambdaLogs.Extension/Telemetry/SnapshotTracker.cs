using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Distinguishes records of a SnapStart snapshot from those of the environment that was restored from it. What was written when the
/// function version was published is delivered again to every such environment and does not belong to its cold start. Guarded by the lock
/// of <see cref="TelemetryReader"/>.
/// </summary>
internal sealed class SnapshotTracker
{
    readonly byte[] _restored = new byte[LogRecord.NameBytesMax];
    int _restoredLength;
    bool _isTaken;

    /// <summary>Records what a platform event says about snapshots.</summary>
    /// <param name="kind">The event.</param>
    /// <param name="initializationType">The initialization type of its record, or empty.</param>
    /// <param name="time">The event's time.</param>
    public void Record(EventKind kind, ReadOnlySpan<byte> initializationType, ReadOnlySpan<byte> time)
    {
        if (initializationType.SequenceEqual("snap-start"u8))
        {
            // An event that arrives after the restore is only late.
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

    /// <summary>Whether a record with this time belongs to the snapshot.</summary>
    public bool Contains(ReadOnlySpan<byte> time) =>
        _isTaken || (_restoredLength > 0 && Rfc3339.Compare(time, _restored.AsSpan(0, _restoredLength)) < 0);
}
