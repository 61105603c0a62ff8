using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Which invocation a record belongs to. Its own request id decides where it has one; else the invocation that ran at its time, which
/// need not be the one that runs when it arrives. The reader's thread.
/// </summary>
/// <param name="concurrent">Whether invocations run side by side, as on Managed Instances: then a record's time says nothing.</param>
/// <param name="trustsIds">Whether any id of a line counts as long as no invocation is known.</param>
internal sealed class Invocations(bool concurrent, bool trustsIds = false)
{
    /// <summary>How many invocations are remembered: the running one, and those whose lines may still be on their way.</summary>
    const int Remembered = 8;

    readonly Invocation[] _invocations = new Invocation[Remembered];
    readonly byte[] _end = new byte[LogRecord.NameBytesMax];
    int _endLength;
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

    /// <summary>Notes which tenant an invocation is for. An environment serves one tenant only.</summary>
    /// <param name="requestId">The invocation, noted before.</param>
    /// <param name="tenantId">The inside of a JSON string.</param>
    public void NoteTenant(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> tenantId)
    {
        if (!tenantId.IsEmpty)
            Find(requestId)?.SetTenant(tenantId);
    }

    /// <summary>Notes the durable execution that an invocation is a part of.</summary>
    /// <param name="requestId">The invocation.</param>
    /// <param name="arn">The execution's ARN.</param>
    public void NoteExecution(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> arn)
    {
        if (!requestId.IsEmpty)
            Find(requestId)?.SetExecution(DurableArn.NameOf(arn));
    }

    /// <summary>Notes that the last invocation ended.</summary>
    /// <param name="time">When; a valid time.</param>
    public void NoteEnd(ReadOnlySpan<byte> time)
    {
        _isRunning = false;
        time.CopyTo(_end);
        _endLength = time.Length;
    }

    /// <summary>Whether a text is the id of the tenant for whom the last invocation is.</summary>
    public bool IsTenant(ReadOnlySpan<byte> text) =>
        _count > 0 && !text.IsEmpty && _invocations[(_count - 1) % Remembered].Tenant.SequenceEqual(text);

    /// <summary>
    /// Whether an id that a line has of its own is that of an invocation: one that the platform has told. Other services respond with
    /// request ids as well, and errors carry them. What was written after the end of the last invocation may be of the next one, whose
    /// start is still to come; on Managed Instances the start may come behind the lines as well.
    /// </summary>
    /// <param name="id">Any text.</param>
    /// <param name="time">The platform's time of the line.</param>
    public bool MayOwn(ReadOnlySpan<byte> id, ReadOnlySpan<byte> time)
    {
        if (id.IsEmpty || id.Length > LogRecord.NameBytesMax)
            return false;

        if (Find(id) is not null || (trustsIds && _count == 0 && !HeadWord.IsNoId(id)))
            return true;

        var isBetween = _count > 0 && !_isRunning && Rfc3339.Compare(time, _end.AsSpan(0, _endLength)) > 0;
        return (concurrent || isBetween) && HeadWord.IsRequestId(id);
    }

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
        /// <summary>Longest tenant id, escaped: Lambda allows 256 characters.</summary>
        const int TenantMax = 1024;

        const int ContextMax = TenantMax + DurableArn.NameBytesMax + 64;

        readonly byte[] _requestId = new byte[LogRecord.NameBytesMax];
        readonly byte[] _traceId = new byte[LogRecord.NameBytesMax];
        readonly byte[] _spanId = new byte[LogRecord.NameBytesMax];
        readonly byte[] _time = new byte[LogRecord.NameBytesMax];
        int _requestIdLength;
        int _traceIdLength;
        int _spanIdLength;
        int _timeLength;

        // Of few functions: made when it is needed first.
        byte[] _context = [];
        int _contextLength;
        int _tenantLength;

        public ReadOnlySpan<byte> RequestId => _requestId.AsSpan(0, _requestIdLength);

        public Attribution Attribution => new()
        {
            RequestId = RequestId,
            TraceId = _traceId.AsSpan(0, _traceIdLength),
            SpanId = _spanId.AsSpan(0, _spanIdLength),
            Context = _context.AsSpan(0, _contextLength),
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
            _contextLength = 0;
            _tenantLength = 0;
        }

        public ReadOnlySpan<byte> Tenant => _context.AsSpan(_tenantLength == 0 ? 0 : TenantName.Length, _tenantLength);

        public void SetTenant(ReadOnlySpan<byte> tenantId)
        {
            if (_contextLength > 0 || tenantId.Length > TenantMax)
                return;

            _tenantLength = tenantId.Length;
            Append(TenantName, tenantId);
        }

        /// <summary>The first that a line tells counts: one invocation is a part of one execution.</summary>
        public void SetExecution(ReadOnlySpan<byte> name)
        {
            var hasExecution = _contextLength > (_tenantLength == 0 ? 0 : TenantName.Length + _tenantLength + 1);
            if (!hasExecution && !name.IsEmpty)
                Append(_contextLength == 0 ? ExecutionName[1..] : ExecutionName, name);
        }

        static ReadOnlySpan<byte> TenantName => "\"tenant_id\":\""u8;

        static ReadOnlySpan<byte> ExecutionName => ",\"durable_execution\":\""u8;

        void Append(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (_context.Length == 0)
                _context = new byte[ContextMax];
            name.CopyTo(_context.AsSpan(_contextLength));
            value.CopyTo(_context.AsSpan(_contextLength + name.Length));
            _contextLength += name.Length + value.Length + 1;
            _context[_contextLength - 1] = (byte)'"';
        }

        static int Copy(ReadOnlySpan<byte> text, byte[] buffer)
        {
            text.CopyTo(buffer);
            return text.Length;
        }
    }
}
