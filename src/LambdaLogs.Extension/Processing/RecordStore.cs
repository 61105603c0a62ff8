using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Copies of records, in order, in one buffer that is used again and again. One thread at a time.</summary>
internal sealed class RecordStore
{
    /// <summary>What is kept where nothing is held. One huge record must not cost its memory for ever.</summary>
    const int KeptMax = 64 * 1024;

    readonly List<Entry> _entries = [];
    byte[] _bytes = [];
    int _first;
    int _end;

    /// <summary>How many records there are.</summary>
    public int Count => _entries.Count - _first;

    /// <summary>The bytes of their texts.</summary>
    public int Bytes => Count == 0 ? 0 : _end - _entries[_first].Start;

    /// <summary>One of the records; valid until the store is changed.</summary>
    /// <param name="index">From 0, the oldest.</param>
    public LogRecord this[int index] => Read(_entries[_first + index]);

    /// <summary>What a record takes here.</summary>
    public static int SizeOf(in LogRecord record) => record.Time.Length + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + record.TraceId.Length + record.SpanId.Length + record.Context.Length + record.Attributes.Length;

    /// <summary>Takes a copy.</summary>
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

    /// <summary>Takes the oldest out.</summary>
    public void RemoveOldest()
    {
        _first++;
        if (Count == 0)
            Clear();
    }

    /// <summary>Takes all out.</summary>
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

        // What was taken out in front is room as well, once it is half of the buffer.
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

    /// <summary>Where a record is, the lengths of its texts one behind the other, and what is no text.</summary>
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
