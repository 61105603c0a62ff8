using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Copies of records, in order, in one reusable buffer. One thread at a time.</summary>
internal sealed class RecordStore
{
    /// <summary>Largest buffer that is kept when it is empty, so that one huge record does not occupy memory permanently.</summary>
    const int KeptMax = 64 * 1024;

    readonly List<Entry> _entries = [];
    byte[] _bytes = [];
    int _first;
    int _end;

    /// <summary>The number of records.</summary>
    public int Count => _entries.Count - _first;

    /// <summary>The total size of their texts.</summary>
    public int Bytes => Count == 0 ? 0 : _end - _entries[_first].Start;

    /// <summary>Returns a record; valid until the store is changed.</summary>
    /// <param name="index">0 is the oldest.</param>
    public LogRecord this[int index] => Read(_entries[_first + index]);

    /// <summary>The size of a record in the store.</summary>
    public static int SizeOf(in LogRecord record) => record.Time.Length + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + record.TraceId.Length + record.SpanId.Length + record.Context.Length + record.Attributes.Length;

    /// <summary>Adds a copy.</summary>
    public void Add(in LogRecord record)
    {
        MakeRoom(SizeOf(record));
        var entry = new Entry
        {
            Start = _end,
            Time = Copy(record.Time),
            Message = Copy(record.Message),
            LogType = Copy(record.LogType),
            RequestId = Copy(record.RequestId),
            TraceId = Copy(record.TraceId),
            SpanId = Copy(record.SpanId),
            Context = Copy(record.Context),
            Attributes = Copy(record.Attributes),
            Level = record.Level,
            LevelOrigin = record.LevelOrigin,
            ColdStart = record.ColdStart,
            Snapshot = record.Snapshot,
            Kind = record.Kind,
            Status = record.Status,
            IsText = record.IsText,
        };
        _entries.Add(entry);
    }

    /// <summary>Removes the oldest.</summary>
    public void RemoveOldest()
    {
        _first++;
        if (Count == 0)
            Clear();
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _first = 0;
        _end = 0;
        if (_bytes.Length > KeptMax)
            _bytes = [];
    }

    void MakeRoom(int size)
    {
        if (_end + size <= _bytes.Length)
            return;

        // The space of removed records at the start is reused once it is half of the buffer.
        var start = Count == 0 ? 0 : _entries[_first].Start;
        var live = _end - start;
        var target = live + size <= _bytes.Length / 2 ? _bytes : new byte[Math.Max(1024, Math.Max(live + size, 2 * live))];
        _bytes.AsSpan(start, live).CopyTo(target);
        _bytes = target;
        _entries.RemoveRange(0, _first);
        _first = 0;
        for (var index = 0; index < _entries.Count; index++)
            _entries[index] = _entries[index] with { Start = _entries[index].Start - start };
        _end = live;
    }

    int Copy(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_end));
        _end += text.Length;
        return text.Length;
    }

    LogRecord Read(Entry entry)
    {
        var at = entry.Start;
        return new LogRecord
        {
            Time = Next(entry.Time, ref at),
            Message = Next(entry.Message, ref at),
            LogType = Next(entry.LogType, ref at),
            RequestId = Next(entry.RequestId, ref at),
            TraceId = Next(entry.TraceId, ref at),
            SpanId = Next(entry.SpanId, ref at),
            Context = Next(entry.Context, ref at),
            Attributes = Next(entry.Attributes, ref at),
            Level = entry.Level,
            LevelOrigin = entry.LevelOrigin,
            ColdStart = entry.ColdStart,
            Snapshot = entry.Snapshot,
            Kind = entry.Kind,
            Status = entry.Status,
            IsText = entry.IsText,
        };
    }

    ReadOnlySpan<byte> Next(int length, scoped ref int at)
    {
        at += length;
        return _bytes.AsSpan(at - length, length);
    }

    /// <summary>The position of a record, the lengths of its texts in sequence, and its other fields.</summary>
    readonly struct Entry
    {
        public int Start { get; init; }

        public int Time { get; init; }

        public int Message { get; init; }

        public int LogType { get; init; }

        public int RequestId { get; init; }

        public int TraceId { get; init; }

        public int SpanId { get; init; }

        public int Context { get; init; }

        public int Attributes { get; init; }

        public LogLevel Level { get; init; }

        public LevelOrigin LevelOrigin { get; init; }

        public bool? ColdStart { get; init; }

        public bool Snapshot { get; init; }

        public EventKind Kind { get; init; }

        public PlatformStatus Status { get; init; }

        public bool IsText { get; init; }
    }
}
