using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Which invocation a record belongs to. Its own request id decides where it has one; else the invocation that ran at its time, which
/// need not be the one that runs when it arrives. The reader's thread.
/// </summary>
/// <param name="concurrent">Whether invocations run side by side, as on Managed Instances: then a record's time says nothing.</param>
internal sealed class Invocations(bool concurrent)
{
    /// <summary>How many invocations are remembered: the running one, and those whose lines may still be on their way.</summary>
    const int Remembered = 8;

    readonly Invocation[] _invocations = new Invocation[Remembered];
    int _count;
    bool _isRunning;

    /// <summary>
    /// Whether the end of the last invocation is still to come. Always on Managed Instances, where starts need not be known before their
    /// lines.
    /// </summary>
    public bool IsRunning => concurrent || _isRunning;

    /// <summary>
    /// Notes a <c>platform.start</c>. One that is known already is not noted again: the platform may send an event twice.
    /// </summary>
    /// <param name="requestId">The invocation; nothing is noted where it is empty or too long.</param>
    /// <param name="traceId">Its trace's root id, or empty.</param>
    /// <param name="spanId">The span in which it runs, or empty.</param>
    /// <param name="time">When it started; a valid time.</param>
    public void Note(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId, ReadOnlySpan<byte> time)
    {
        if (requestId.IsEmpty || requestId.Length > LogRecord.NameBytesMax || Find(requestId) is not null)
            return;

        var invocation = _invocations[_count % Remembered] ??= new Invocation();
        invocation.Set(requestId, traceId, spanId, time);
        invocation.IsFirst = _count == 0;
        _count++;
        _isRunning = true;
    }

    /// <summary>Notes that the last invocation ended.</summary>
    public void NoteEnd() => _isRunning = false;

    /// <summary>
    /// The invocation of a record. With an id of its own that is not remembered it has that id, no trace, and no cold start, as the first
    /// invocation is long gone; before any start nothing is known of cold starts.
    /// </summary>
    /// <param name="requestId">The record's own id, or empty.</param>
    /// <param name="time">The platform's time of the record.</param>
    public Attribution Of(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> time)
    {
        if (_count == 0)
            return new Attribution { RequestId = requestId };

        var invocation = requestId.IsEmpty ? FindAt(time) : Find(requestId);
        if (invocation is not null)
            return invocation.Attribution;

        return new Attribution { RequestId = requestId, ColdStart = requestId.IsEmpty ? null : false };
    }

    Invocation? Find(ReadOnlySpan<byte> requestId)
    {
        for (var i = _count - 1; i >= Math.Max(0, _count - Remembered); i--)
        {
            if (_invocations[i % Remembered].RequestId.SequenceEqual(requestId))
                return _invocations[i % Remembered];
        }

        return null;
    }

    Invocation? FindAt(ReadOnlySpan<byte> time)
    {
        if (concurrent)
            return null;

        for (var i = _count - 1; i >= Math.Max(0, _count - Remembered); i--)
        {
            if (Rfc3339.Compare(time, _invocations[i % Remembered].Time) >= 0)
                return _invocations[i % Remembered];
        }

        return null;
    }

    /// <summary>What is remembered of one <c>platform.start</c>, in buffers that are used again.</summary>
    sealed class Invocation
    {
        readonly byte[] _requestId = new byte[LogRecord.NameBytesMax];
        readonly byte[] _traceId = new byte[LogRecord.NameBytesMax];
        readonly byte[] _spanId = new byte[LogRecord.NameBytesMax];
        readonly byte[] _time = new byte[LogRecord.NameBytesMax];
        int _requestIdLength;
        int _traceIdLength;
        int _spanIdLength;
        int _timeLength;

        public ReadOnlySpan<byte> RequestId => _requestId.AsSpan(0, _requestIdLength);

        public Attribution Attribution => new()
        {
            RequestId = RequestId,
            TraceId = _traceId.AsSpan(0, _traceIdLength),
            SpanId = _spanId.AsSpan(0, _spanIdLength),
            ColdStart = IsFirst,
        };

        public ReadOnlySpan<byte> Time => _time.AsSpan(0, _timeLength);

        public bool IsFirst { get; set; }

        public void Set(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId, ReadOnlySpan<byte> time)
        {
            _requestIdLength = Copy(requestId, _requestId);
            _traceIdLength = Copy(traceId, _traceId);
            _spanIdLength = Copy(spanId, _spanId);
            _timeLength = Copy(time, _time);
        }

        static int Copy(ReadOnlySpan<byte> text, byte[] buffer)
        {
            text.CopyTo(buffer);
            return text.Length;
        }
    }
}
