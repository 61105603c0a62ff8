namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// What one POST brings for the lifecycle; collected while it is read, published behind its last record. The reader's thread.
/// </summary>
internal sealed class PostSignals
{
    /// <summary>Ends of invocations, in the order in which they came.</summary>
    public List<RuntimeDone> RuntimeDones { get; } = [];

    /// <summary>Reports on invocations, in the order in which they came.</summary>
    public List<InvocationReport> Reports { get; } = [];

    /// <summary>The last <c>platform.initStart</c>. Null: none.</summary>
    public InitStart? InitStart { get; set; }

    /// <summary>How many <c>platform.restoreStart</c> there were.</summary>
    public int RestoreStarts { get; set; }

    /// <summary>Records that Lambda dropped.</summary>
    public long DroppedRecords { get; private set; }

    /// <summary>Bytes that Lambda dropped.</summary>
    public long DroppedBytes { get; private set; }

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
        Reports.Clear();
        InitStart = null;
        RestoreStarts = 0;
        DroppedRecords = 0;
        DroppedBytes = 0;
    }
}
