using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>
/// Makes one record of lines that belong together: of the same stream and invocation, next to each other, and within bounds of lines,
/// bytes and time. Holds one record at a time, so that their order stays. One thread at a time.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="shape">Says which lines belong together.</param>
/// <param name="tools">The clock, the counts.</param>
/// <param name="next">Takes the records.</param>
internal sealed class LineJoiner(JoinOptions options, ILineDetector shape, RuleTools tools, IRecordSink next) : IRecordSink
{
    /// <summary>Most lines that wait for one that says whether they are parts.</summary>
    const int PerhapsMax = 16;

    readonly RecordStore _lines = new();
    readonly Scratch _message = new();
    int _confirmed;
    long _since;

    /// <summary>How many lines are held.</summary>
    public int Held => _lines.Count;

    /// <summary>How much longer the lines that are held may wait. Null: none are.</summary>
    public TimeSpan? HoldLeft => Held == 0 ? null : options.HoldMax - tools.Time.GetElapsedTime(_since);

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (!record.IsText || !record.IsWritten())
        {
            Drain();
            next.Add(record);
            return;
        }

        var continuation = Held > 0 && IsOfSame(record) ? shape.Continues(record) : Continuation.No;
        var fits = Held < options.LinesMax && _lines.Bytes + RecordStore.SizeOf(record) <= options.BytesMax;
        if (continuation == Continuation.No || !fits || (continuation == Continuation.Perhaps && Held - _confirmed == PerhapsMax))
            Drain();
        if (continuation == Continuation.No)
            shape.Begin(record);
        if (Held == 0)
            _since = tools.Time.GetTimestamp();
        _lines.Add(record);
        if (continuation != Continuation.Perhaps || Held == 1)
            _confirmed = Held;
    }

    /// <summary>Hands on what is held.</summary>
    public void Drain()
    {
        if (Held == 0)
            return;

        try
        {
            if (_confirmed > 1)
                HandOn();
            else
                next.Add(_lines[0]);

            // What was only perhaps a part, and turned out to be none.
            for (var index = _confirmed; index < Held; index++)
                next.Add(_lines[index]);
        }
        finally
        {
            // A fault behind us must not make the same lines come twice.
            _lines.Clear();
            _confirmed = 0;
        }
    }

    void HandOn()
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

        // The head of a logger says how severe it is; an exception that was printed alone is as severe as its lines.
        if (_lines[0].LevelOrigin == LevelOrigin.Named)
            level = _lines[0].Level;
        tools.Counts.Removed(Rule.Join, _confirmed - 1);
        next.Add(_lines[0] with { Message = message[..written], Level = level });
        _message.Trim();
    }

    bool IsOfSame(in LogRecord record)
    {
        var last = _lines[Held - 1];
        return last.LogType.SequenceEqual(record.LogType) && last.RequestId.SequenceEqual(record.RequestId);
    }

    static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
