using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LambdaLogs.Extension.Memory;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Copies of records, in order, in reusable buffers. Large ones are outside of the managed heap. One thread at a time.
/// </summary>
internal sealed class RecordStore
{
    /// <summary>Largest buffer that is kept when it is empty, so that one huge record does not occupy memory permanently.</summary>
    const int KeptMax = 64 * 1024;

    readonly GrowingBuffer _entries = new();
    readonly GrowingBuffer _bytes = new();
    int _first;
    int _last;
    int _end;

    /// <summary>The size of a record in the store without its texts.</summary>
    public static int EntryBytes => Unsafe.SizeOf<Entry>();

    /// <summary>The number of records.</summary>
    public int Count => _last - _first;

    /// <summary>The total size of their texts.</summary>
    public int Bytes => Count == 0 ? 0 : _end - Entries[_first].Start;

    /// <summary>Returns a record; valid until the store is changed.</summary>
    /// <param name="index">0 is the oldest.</param>
    public LogRecord this[int index] => Read(Entries[_first + index]);

    Span<Entry> Entries => MemoryMarshal.Cast<byte, Entry>(_entries.Span);

    /// <summary>The size of a record's texts.</summary>
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
        Entries[_last++] = entry;
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
        _first = 0;
        _last = 0;
        _end = 0;
        _entries.Trim(KeptMax);
        _bytes.Trim(KeptMax);
    }

    void MakeRoom(int size)
    {
        // The space of removed records at the start is reused once it is half of what is used.
        if (_first >= Count && Count > 0 && Entries[_first].Start is var start && start >= _end - start)
            CloseUp(start);
        _bytes.Grow(_end + size, _end);
        _entries.Grow((_last + 1) * EntryBytes, _last * EntryBytes);
    }

    /// <summary>Moves the records to the start.</summary>
    void CloseUp(int start)
    {
        ScanSteps.Add(_end - start);
        _bytes.Span[start.._end].CopyTo(_bytes.Span);
        Entries[_first.._last].CopyTo(Entries);
        _end -= start;
        _last -= _first;
        _first = 0;
        foreach (ref var entry in Entries[.._last])
            entry = entry with { Start = entry.Start - start };
    }

    int Copy(ReadOnlySpan<byte> text)
    {
        ScanSteps.Add(text.Length);
        text.CopyTo(_bytes.Span[_end..]);
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
        return _bytes.Span.Slice(at - length, length);
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
