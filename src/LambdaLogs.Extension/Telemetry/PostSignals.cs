namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// What one POST brings for the lifecycle; collected while it is read, published after its last record. However many events a body holds,
/// a fixed number is kept. The reader's thread.
/// </summary>
/// <param name="isExpected">Whether the end of this invocation is waited for. It is kept whatever else the body holds.</param>
internal sealed class PostSignals(Predicate<string> isExpected)
{
    /// <summary>Ends of invocations, in the order in which they came.</summary>
    public LastEvents<RuntimeDone> RuntimeDones { get; } = new();

    /// <summary>Reports on invocations, in the order in which they came.</summary>
    public LastEvents<InvocationReport> Reports { get; } = new();

    /// <summary>The first end of the invocation that is waited for. Null: it is not among them.</summary>
    public RuntimeDone? Expected { get; private set; }

    /// <summary>The last <c>platform.initStart</c>. Null: none.</summary>
    public InitStart? InitStart { get; set; }

    /// <summary>How many <c>platform.restoreStart</c> there were.</summary>
    public int RestoreStarts { get; set; }

    /// <summary>Records that Lambda dropped.</summary>
    public long DroppedRecords { get; private set; }

    /// <summary>Bytes that Lambda dropped.</summary>
    public long DroppedBytes { get; private set; }

    /// <summary>The end of an invocation.</summary>
    public void Ended(RuntimeDone done)
    {
        RuntimeDones.Add(done);
        if (Expected is null && isExpected(done.RequestId))
            Expected = done;
    }

    /// <summary>Records and bytes that Lambda dropped.</summary>
    public void Dropped(long records, long bytes)
    {
        DroppedRecords = Sum(DroppedRecords, records);
        DroppedBytes = Sum(DroppedBytes, bytes);
    }

    /// <summary>A sum of two counts that ends at the largest number: what is told may be absurd.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    /// <summary>Makes it ready for the next POST.</summary>
    public void Clear()
    {
        RuntimeDones.Clear();
        Expected = null;
        Reports.Clear();
        InitStart = null;
        RestoreStarts = 0;
        DroppedRecords = 0;
        DroppedBytes = 0;
    }
}
