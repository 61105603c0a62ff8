namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Collects what one POST contains for the lifecycle; published after its last record. A fixed number of events is kept, however many a
/// body contains. Guarded by the lock of <see cref="TelemetryReader"/>.
/// </summary>
/// <param name="isExpected">Whether the end of this invocation is awaited. It is kept whatever else the body contains.</param>
internal sealed class PostSignals(Predicate<string> isExpected)
{
    /// <summary>Ends of invocations, in order of arrival, without <see cref="ExpectedDones"/>.</summary>
    public RecentEvents<RuntimeDone> RuntimeDones { get; } = new();

    /// <summary>Ends of the awaited invocation, in order of arrival.</summary>
    public RecentEvents<RuntimeDone> ExpectedDones { get; } = new();

    /// <summary>Reports of invocations, in order of arrival.</summary>
    public RecentEvents<InvocationReport> Reports { get; } = new();

    /// <summary>The last <c>platform.initStart</c>. Null: none.</summary>
    public InitStart? InitStart { get; set; }

    /// <summary>Number of <c>platform.restoreStart</c> events.</summary>
    public int RestoreStarts { get; set; }

    /// <summary>Records that Lambda reported as dropped.</summary>
    public long DroppedRecords { get; private set; }

    /// <summary>Bytes that Lambda reported as dropped.</summary>
    public long DroppedBytes { get; private set; }

    /// <summary>Adds the end of an invocation.</summary>
    public void AddRuntimeDone(RuntimeDone done) => (isExpected(done.RequestId) ? ExpectedDones : RuntimeDones).Add(done);

    /// <summary>Adds records and bytes that Lambda reported as dropped.</summary>
    public void AddDropped(long records, long bytes)
    {
        DroppedRecords = Sum(DroppedRecords, records);
        DroppedBytes = Sum(DroppedBytes, bytes);
    }

    /// <summary>Adds two counts without overflow, because reported numbers may be absurd.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    /// <summary>Resets it for the next POST.</summary>
    public void Clear()
    {
        RuntimeDones.Clear();
        ExpectedDones.Clear();
        Reports.Clear();
        InitStart = null;
        RestoreStarts = 0;
        DroppedRecords = 0;
        DroppedBytes = 0;
    }
}
