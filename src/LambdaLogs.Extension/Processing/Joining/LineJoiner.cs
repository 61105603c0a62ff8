using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>
/// Joins lines to one record: consecutive lines of the same stream and invocation, within limits of lines, bytes and time. Holds one
/// record at a time, so that the order is kept. One thread at a time.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="detector">Decides which lines belong together.</param>
/// <param name="services">The clock and the counters.</param>
/// <param name="next">Receives the records.</param>
internal sealed class LineJoiner(JoinOptions options, ILineDetector detector, RuleServices services, IRecordSink next) : IRecordSink
{
    /// <summary>Number of lines that may wait for a line that decides about them.</summary>
    const int PerhapsMax = 16;

    readonly RecordStore _lines = new();
    readonly Scratch _message = new();
    int _confirmed;
    long _since;

    /// <summary>Number of lines that wait to be joined.</summary>
    public int PendingCount => _lines.Count;

    /// <summary>How much longer they may wait. Null: there are none.</summary>
    public TimeSpan? PendingTimeLeft => PendingCount == 0 ? null : options.PendingTimeMax - services.Time.GetElapsedTime(_since);

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (!record.IsText || !record.IsWrittenLine())
        {
            Drain();
            next.Add(record);
            return;
        }

        var continuation = PendingCount > 0 && BelongsToPending(record) ? detector.Continues(record) : Continuation.No;
        var fits = PendingCount < options.LinesMax && _lines.Bytes + RecordStore.SizeOf(record) <= options.BytesMax;
        if (continuation == Continuation.No || !fits || (continuation == Continuation.Perhaps && PendingCount - _confirmed == PerhapsMax))
            Drain();
        if (continuation == Continuation.No)
            detector.Begin(record);
        if (PendingCount == 0)
            _since = services.Time.GetTimestamp();
        _lines.Add(record);
        if (continuation != Continuation.Perhaps || PendingCount == 1)
            _confirmed = PendingCount;
    }

    /// <summary>Passes on the held lines.</summary>
    public void Drain()
    {
        if (PendingCount == 0)
            return;

        try
        {
            if (_confirmed > 1)
                Forward();
            else
                next.Add(_lines[0]);

            // Lines that turned out not to be a continuation.
            for (var index = _confirmed; index < PendingCount; index++)
                next.Add(_lines[index]);
        }
        finally
        {
            // Clear even after an exception, so that the same lines are not passed on twice.
            _lines.Clear();
            _confirmed = 0;
        }
    }

    void Forward()
    {
        var size = 0;
        for (var index = 0; index < _confirmed; index++)
            size += _lines[index].Message.Length + 2;

        var message = _message.Take(size);
        var written = 0;
        var level = LogLevel.Trace;
        for (var index = 0; index < _confirmed; index++)
        {
            var line = _lines[index];
            if (index > 0)
                written += Write("\\n"u8, message[written..]);
            written += Write(line.Message, message[written..]);
            level = line.Level > level ? line.Level : level;
        }

        // The level in a logger's prefix counts; for an exception printed alone the level of its lines.
        if (_lines[0].LevelOrigin == LevelOrigin.Named)
            level = _lines[0].Level;
        services.Counts.Removed(Rule.Join, _confirmed - 1);
        next.Add(_lines[0] with { Message = message[..written], Level = level });
        _message.Trim();
    }

    bool BelongsToPending(in LogRecord record)
    {
        var last = _lines[PendingCount - 1];
        return last.LogType.SequenceEqual(record.LogType) && last.RequestId.SequenceEqual(record.RequestId);
    }

    static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        ScanSteps.Add(text.Length);
        text.CopyTo(destination);
        return text.Length;
    }
}
