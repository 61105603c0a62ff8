using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>
/// Forwards a share of the invocations, each completely or not at all. Records that would be removed are held until their invocation has
/// ended, and are forwarded after all if it logged an error or failed. Records without an invocation pass. One thread at a time.
/// </summary>
/// <param name="options">The shares.</param>
/// <param name="pendingBytesMax">Bytes that may be held. Beyond that the oldest records of an invocation are removed.</param>
/// <param name="counts">Counts removed records.</param>
/// <param name="next">Receives the remaining records.</param>
internal sealed class Sampler(SampleOptions options, int pendingBytesMax, IRuleCounts counts, IRecordSink next) : IRecordSink
{
    /// <summary>
    /// Number of invocations that are remembered: on Managed Instances many run at once, elsewhere lines may arrive late.
    /// </summary>
    const int Remembered = 128;

    readonly List<SampledInvocation> _invocations = [];
    readonly Stack<RecordStore> _unused = [];
    SampledInvocation? _last;
    int _oldest;
    int _pendingBytes;

    /// <summary>Number of records that wait for the end of their invocation.</summary>
    public int PendingCount { get; private set; }

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (record.RequestId.IsEmpty || !(record.IsWrittenLine() || record.Kind != EventKind.Line))
        {
            next.Add(record);
            return;
        }

        var invocation = GetOrAdd(record.RequestId);
        if (record.Level >= LogLevel.Error && !invocation.IsWhole)
            Release(invocation);

        if (invocation.IsWhole || invocation.Unit < options.RateOf(record.Level))
            next.Add(record);
        else if (invocation.HasEnded)
            counts.Removed(Rule.Sample, 1);
        else
            Hold(invocation, record);
    }

    /// <summary>Learns about the start or the end of an invocation, before the event passes through and even if it does not.</summary>
    /// <param name="record">A platform event.</param>
    public void Observe(in LogRecord record)
    {
        if (record.Kind is not (EventKind.Start or EventKind.RuntimeDone or EventKind.Report) || record.RequestId.IsEmpty)
            return;

        var invocation = GetOrAdd(record.RequestId);
        if (record.Kind == EventKind.Start)
        {
            // Lambda retries a failed asynchronous invocation with the same id. Each attempt is judged on its own.
            if (invocation.IsOver)
                invocation.BeginAttempt();
            return;
        }

        invocation.IsOver = true;
        if (record.Status is PlatformStatus.None or PlatformStatus.Success)
            End(invocation);
        else if (!invocation.IsWhole)
            Release(invocation);
    }

    /// <summary>Forwards held records at the end of the process, unless their invocation ended successfully.</summary>
    public void Drain()
    {
        foreach (var invocation in _invocations)
        {
            if (invocation.Pending is not null)
                Release(invocation);
        }
    }

    void End(SampledInvocation invocation)
    {
        invocation.HasEnded = true;
        ReleasePending(invocation, up: true);
    }

    void Release(SampledInvocation invocation)
    {
        invocation.IsWhole = true;
        ReleasePending(invocation, up: false);
    }

    void ReleasePending(SampledInvocation invocation, bool up)
    {
        if (invocation.Pending is not { } held)
            return;

        var count = held.Count;
        PendingCount -= count;
        _pendingBytes -= SizeOf(held);
        try
        {
            for (var index = 0; index < count && !up; index++)
                next.Add(held[index]);
        }
        finally
        {
            // Clear even after an exception, so that the same records are not forwarded twice.
            held.Clear();
            invocation.Pending = null;
            _unused.Push(held);
        }

        if (up && count > 0)
            counts.Removed(Rule.Sample, count);
    }

    void Hold(SampledInvocation invocation, in LogRecord record)
    {
        var size = RecordStore.SizeOf(record) + RecordStore.EntryBytes;
        while (_pendingBytes + size > pendingBytesMax && invocation.Pending is { Count: > 0 } held)
            DropOldestPending(held);
        if (_pendingBytes + size > pendingBytesMax)
        {
            counts.Removed(Rule.Sample, 1);
            return;
        }

        invocation.Pending ??= _unused.TryPop(out var unused) ? unused : new RecordStore();
        invocation.Pending.Add(record);
        _pendingBytes += size;
        PendingCount++;
    }

    void DropOldestPending(RecordStore held)
    {
        _pendingBytes -= SizeOf(held);
        held.RemoveOldest();
        _pendingBytes += SizeOf(held);
        PendingCount--;
        counts.Removed(Rule.Sample, 1);
    }

    static int SizeOf(RecordStore held) => held.Bytes + (held.Count * RecordStore.EntryBytes);

    SampledInvocation GetOrAdd(ReadOnlySpan<byte> requestId)
    {
        var id = InvocationHash.Hash(requestId);
        if (_last?.Id == id)
            return _last;

        foreach (var known in _invocations)
        {
            ScanSteps.Add(1);
            if (known.Id == id)
                return _last = known;
        }

        _last = AddInvocation();
        _last.Begin(id, InvocationHash.Unit(requestId));
        return _last;
    }

    SampledInvocation AddInvocation()
    {
        if (_invocations.Count < Remembered)
        {
            var added = new SampledInvocation();
            _invocations.Add(added);
            return added;
        }

        // Its end was never reported, so nothing says that it failed.
        var oldest = _invocations[_oldest];
        _oldest = (_oldest + 1) % Remembered;
        End(oldest);
        return oldest;
    }
}
