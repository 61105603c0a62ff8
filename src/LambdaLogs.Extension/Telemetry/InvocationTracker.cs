using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Maps records to invocations. A record's own request id decides if it has one; otherwise the invocation that ran at its time, which may
/// differ from the one that runs when it arrives. Guarded by the lock of <see cref="TelemetryReader"/>.
/// </summary>
/// <param name="concurrent">
/// Whether several invocations run at once, as on Managed Instances: a record's time then does not identify one.
/// </param>
/// <param name="trustsIds">Whether any id of a line is accepted while no invocation is known.</param>
internal sealed class InvocationTracker(bool concurrent, bool trustsIds = false)
{
    /// <summary>Number of invocations that are remembered: the current one, and those whose lines may still arrive.</summary>
    const int Remembered = 8;

    readonly Invocation[] _invocations = new Invocation[Remembered];
    readonly byte[] _end = new byte[LogRecord.NameBytesMax];
    Invocation? _latest;
    int _endLength;
    int _count;
    bool _isRunning;

    /// <summary>
    /// Whether the last invocation has not ended. Always true on Managed Instances, where lines may arrive before the start of their
    /// invocation.
    /// </summary>
    public bool IsRunning => concurrent || _isRunning;

    /// <summary>
    /// Records a <c>platform.start</c>. A known one is ignored, because the platform may send an event twice. A start with the same id and
    /// another time is another attempt: Lambda retries a failed asynchronous invocation with the same id.
    /// </summary>
    /// <param name="requestId">The request id; ignored if it is empty or too long.</param>
    /// <param name="traceId">The root id of its trace, or empty.</param>
    /// <param name="spanId">The span of the invocation, or empty.</param>
    /// <param name="time">The start time; a valid time.</param>
    public void RecordStart(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId, ReadOnlySpan<byte> time)
    {
        if (requestId.IsEmpty || requestId.Length > LogRecord.NameBytesMax)
            return;

        var former = Find(requestId);
        if (former is not null && FindAttempt(former, time).Time.SequenceEqual(time))
            return;

        var attempt = (former?.Attempt ?? 0) + 1;
        var invocation = _invocations[_count % Remembered] ??= new Invocation();
        invocation.Set(requestId, traceId, spanId, time);
        invocation.IsFirst = _count == 0;
        invocation.Attempt = attempt;
        _count++;
        _latest = invocation;
        _isRunning = true;
    }

    /// <summary>Records the tenant of an invocation. An environment serves one tenant only.</summary>
    /// <param name="requestId">A known request id.</param>
    /// <param name="tenantId">The inside of a JSON string.</param>
    public void RecordTenant(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> tenantId)
    {
        if (!tenantId.IsEmpty)
            Find(requestId)?.SetTenant(tenantId);
    }

    /// <summary>Records the durable execution of an invocation.</summary>
    /// <param name="requestId">The request id.</param>
    /// <param name="arn">The execution's ARN.</param>
    public void RecordExecution(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> arn)
    {
        if (!requestId.IsEmpty)
            Find(requestId)?.SetExecution(DurableArn.NameOf(arn));
    }

    /// <summary>Records that the last invocation has ended.</summary>
    /// <param name="time">The end time; a valid time.</param>
    public void RecordEnd(ReadOnlySpan<byte> time)
    {
        _isRunning = false;
        time.CopyTo(_end);
        _endLength = time.Length;
    }

    /// <summary>Whether a text is the tenant id of the last invocation.</summary>
    public bool IsTenant(ReadOnlySpan<byte> text) =>
        _count > 0 && !text.IsEmpty && _invocations[(_count - 1) % Remembered].Tenant.SequenceEqual(text);

    /// <summary>
    /// Whether an id in a line is the request id of an invocation known from the platform. Other services return request ids as well, and
    /// errors contain them. A line after the end of the last invocation may belong to the next one, whose start has not arrived; on
    /// Managed Instances the start may also arrive after its lines.
    /// </summary>
    /// <param name="id">Any text.</param>
    /// <param name="time">The platform's time of the line.</param>
    public bool IsOwnRequestId(ReadOnlySpan<byte> id, ReadOnlySpan<byte> time)
    {
        if (id.IsEmpty || id.Length > LogRecord.NameBytesMax)
            return false;

        if (Find(id) is not null || (trustsIds && _count == 0 && !PrefixWord.IsNoId(id)))
            return true;

        var isBetween = _count > 0 && !_isRunning && Rfc3339.Compare(time, _end.AsSpan(0, _endLength)) > 0;
        return (concurrent || isBetween) && PrefixWord.IsRequestId(id);
    }

    /// <summary>
    /// Returns the invocation of a record. An own request id that is not remembered is used without trace and cold start, because the
    /// first invocation is no longer known; before any start nothing is known about cold starts.
    /// </summary>
    /// <param name="requestId">The record's own request id, or empty.</param>
    /// <param name="time">The platform's time of the record.</param>
    public Attribution Of(ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> time)
    {
        if (_count == 0)
            return new Attribution { RequestId = requestId };

        var invocation = requestId.IsEmpty ? FindAt(time) : Find(requestId);
        if (invocation is not null)
            return FindAttempt(invocation, time).Attribution;

        return new Attribution { RequestId = requestId, ColdStart = requestId.IsEmpty ? null : false };
    }

    /// <summary>Returns the invocation of a line: the one whose request id it names, or else the one that ran at its time.</summary>
    /// <param name="id">The id in the line, of whatever it is. Empty: none.</param>
    /// <param name="time">The platform's time of the line.</param>
    public Attribution OfLine(ReadOnlySpan<byte> id, ReadOnlySpan<byte> time) =>
        !id.IsEmpty && id.Length <= LogRecord.NameBytesMax && Find(id) is { } invocation
            ? FindAttempt(invocation, time).Attribution
            : Of(IsOwnRequestId(id, time) ? id : default, time);

    Invocation? Find(ReadOnlySpan<byte> requestId)
    {
        if (_latest is { } latest && latest.RequestId.SequenceEqual(requestId))
            return latest;

        for (var i = _count - 1; i >= Math.Max(0, _count - Remembered); i--)
        {
            if (_invocations[i % Remembered].RequestId.SequenceEqual(requestId))
                return _invocations[i % Remembered];
        }

        return null;
    }

    /// <summary>Returns the attempt that ran at a time, or the latest one if none did.</summary>
    /// <param name="last">The latest attempt.</param>
    /// <param name="time">The time.</param>
    Invocation FindAttempt(Invocation last, ReadOnlySpan<byte> time)
    {
        if (last.Attempt <= 1)
            return last;

        for (var i = _count - 1; i >= Math.Max(0, _count - Remembered); i--)
        {
            var invocation = _invocations[i % Remembered];
            if (invocation.RequestId.SequenceEqual(last.RequestId) && Rfc3339.Compare(time, invocation.Time) >= 0)
                return invocation;
        }

        return last;
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

    /// <summary>One invocation, in reusable buffers.</summary>
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

        // Few functions need it, so it is allocated on first use.
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
            Attempt = Attempt,
        };

        public ReadOnlySpan<byte> Time => _time.AsSpan(0, _timeLength);

        public bool IsFirst { get; set; }

        public int Attempt { get; set; }

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

        /// <summary>The first execution that a line names counts: one invocation belongs to one execution.</summary>
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
