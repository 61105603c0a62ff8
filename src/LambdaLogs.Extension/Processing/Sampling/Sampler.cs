using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>
/// Hands on a share of the invocations, each whole or not at all. What would be left out is held until its invocation has ended, and handed
/// on after all where that logged an error or ended badly. What belongs to no invocation passes. One thread at a time.
/// </summary>
/// <param name="options">The shares.</param>
/// <param name="heldBytesMax">Bytes that may be held; beyond them the oldest of an invocation's records are left out for good.</param>
/// <param name="counts">Learns of what is left out.</param>
/// <param name="next">Takes the rest.</param>
internal sealed class Sampler(SampleOptions options, int heldBytesMax, IRuleCounts counts, IRecordSink next) : IRecordSink
{
    /// <summary>
    /// How many invocations are remembered: on Managed Instances many run side by side, elsewhere lines may come late.
    /// </summary>
    const int Remembered = 128;

    readonly List<SampledInvocation> _invocations = [];
    SampledInvocation? _last;
    int _oldest;
    int _heldBytes;

    /// <summary>How many records are held.</summary>
    public int Held { get; private set; }

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (record.RequestId.IsEmpty || !(record.IsWritten() || record.Kind != EventKind.Line))
        {
            next.Add(record);
            return;
        }

        var invocation = Of(record.RequestId);
        if (record.Level >= LogLevel.Error && !invocation.IsWhole)
            Release(invocation);

        if (invocation.IsWhole || invocation.Draw < options.RateOf(record.Level))
            next.Add(record);
        else if (invocation.HasEnded)
            counts.Removed(Rule.Sample, 1);
        else
            Hold(invocation, record);
    }

    /// <summary>Learns of the ends of invocations, before their events come by, and whether or not they do.</summary>
    /// <param name="record">A platform event.</param>
    public void Observe(in LogRecord record)
    {
        if (record.Kind is not (EventKind.RuntimeDone or EventKind.Report) || record.RequestId.IsEmpty)
            return;

        var invocation = Of(record.RequestId);
        if (record.Status is PlatformStatus.None or PlatformStatus.Success)
            End(invocation);
        else if (!invocation.IsWhole)
            Release(invocation);
    }

    /// <summary>The process ends: what was not seen to end well is handed on.</summary>
    public void Drain()
    {
        foreach (var invocation in _invocations)
        {
            if (invocation.Held.Count > 0)
                Release(invocation);
        }
    }

    void End(SampledInvocation invocation)
    {
        invocation.HasEnded = true;
        Give(invocation, up: true);
    }

    void Release(SampledInvocation invocation)
    {
        invocation.IsWhole = true;
        Give(invocation, up: false);
    }

    void Give(SampledInvocation invocation, bool up)
    {
        var held = invocation.Held;
        var count = held.Count;
        Held -= count;
        _heldBytes -= held.Bytes;
        try
        {
            for (var index = 0; index < count && !up; index++)
                next.Add(held[index]);
        }
        finally
        {
            // A fault behind us must not make the same records come twice.
            held.Clear();
        }

        if (up && count > 0)
            counts.Removed(Rule.Sample, count);
    }

    void Hold(SampledInvocation invocation, in LogRecord record)
    {
        var size = RecordStore.SizeOf(record);
        while (_heldBytes + size > heldBytesMax && invocation.Held.Count > 0)
            LeaveOldest(invocation);
        if (_heldBytes + size > heldBytesMax)
        {
            counts.Removed(Rule.Sample, 1);
            return;
        }

        invocation.Held.Add(record);
        _heldBytes += size;
        Held++;
    }

    void LeaveOldest(SampledInvocation invocation)
    {
        _heldBytes -= RecordStore.SizeOf(invocation.Held[0]);
        invocation.Held.RemoveOldest();
        Held--;
        counts.Removed(Rule.Sample, 1);
    }

    SampledInvocation Of(ReadOnlySpan<byte> requestId)
    {
        var id = InvocationDraw.Hash(requestId);
        if (_last?.Id == id)
            return _last;

        foreach (var known in _invocations)
        {
            if (known.Id == id)
                return _last = known;
        }

        _last = Place();
        _last.Begin(id, InvocationDraw.Of(requestId));
        return _last;
    }

    SampledInvocation Place()
    {
        if (_invocations.Count < Remembered)
        {
            var added = new SampledInvocation();
            _invocations.Add(added);
            return added;
        }

        // Its end was never told: nothing says that it was a bad one.
        var oldest = _invocations[_oldest];
        _oldest = (_oldest + 1) % Remembered;
        End(oldest);
        return oldest;
    }
}
