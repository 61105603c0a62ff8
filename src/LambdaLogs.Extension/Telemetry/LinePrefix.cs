using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// What the head of a text line says, where a runtime or logger put it there: level, request id, time. Found by position and word; a word
/// in the text itself never counts. Knows the shapes of Lambda's runtimes (Node, Python, Java, .NET, Ruby) and of common loggers: words
/// parted by tabs or spaces, of which times, ids and one name may stand before the level, and Go's <c>time=… level=…</c>. Pure.
/// </summary>
internal ref struct LinePrefix
{
    /// <summary>The head that is looked at, in bytes.</summary>
    const int HeadMax = 128;

    /// <summary>How many words may stand before the level: a date, a time, an id, a name and what parts them.</summary>
    const int WordsMax = 7;

    ReadOnlySpan<byte> _time;

    /// <summary>The line's level; INFO where it names none.</summary>
    public LogLevel Level { get; private set; }

    /// <summary>The line's own request id. Empty: none.</summary>
    public ReadOnlySpan<byte> RequestId { get; private set; }

    /// <summary>The line's own time, if it is RFC 3339. Empty: none.</summary>
    public readonly ReadOnlySpan<byte> Time => Rfc3339.IsValid(_time) ? _time : default;

    /// <summary>Whether the line names its level.</summary>
    public bool HasLevel { get; private set; }

    /// <summary>Where the text behind the prefix begins. Zero: the line has no prefix, or none that ends with a level.</summary>
    public int End { get; private set; }

    /// <summary>Reads the head of a line.</summary>
    /// <param name="line">The inside of a valid JSON string.</param>
    public static LinePrefix Read(ReadOnlySpan<byte> line)
    {
        var prefix = new LinePrefix { Level = LogLevel.Info };
        var head = line.Length > HeadMax ? line[..HeadMax] : line;
        var isRuby = head.Length > 4 && head[1] == ',' && head[2] == ' ' && head[3] == '[';
        if (isRuby)
            prefix.ReadRuby(head);
        else
            prefix.ReadWords(head);
        return prefix;
    }

    /// <summary><c>I, [2024-05-15T23:59:20.159000 #8]  INFO &lt;id&gt; -- : message</c></summary>
    void ReadRuby(ReadOnlySpan<byte> head)
    {
        var words = new HeadWords(head[(head.IndexOf((byte)']') + 1)..]);
        if (words.Next() && TakeLevel(words) && words.Next() && HeadWord.IsRequestId(words.Word))
            RequestId = words.Word;
    }

    void ReadWords(ReadOnlySpan<byte> head)
    {
        var words = new HeadWords(head);
        var mayName = true;
        var behindRule = false;
        for (var count = 0; count < WordsMax && words.Next(); count++)
        {
            if (TakeLevel(words) || (count == 0 && TakeBasicLevel(words)))
            {
                End = words.Position;
                ReadBehindLevel(ref words);
                return;
            }

            var word = words.Word;
            var isRule = HeadWord.IsRule(word);
            if (!isRule && !Take(word))
            {
                if (!mayName || (!behindRule && !HeadWord.IsBracketed(word)))
                    return;

                mayName = false;
            }

            behindRule = isRule && count > 0;
        }
    }

    /// <summary>Python writes the level first: <c>[INFO]\t2024-05-15T23:59:20.159Z\t&lt;id&gt;\tmessage</c>; the id may be empty.</summary>
    void ReadBehindLevel(ref HeadWords words)
    {
        if (!words.IsBeforeTab || !_time.IsEmpty || !words.Next() || !words.IsBeforeTab || !Rfc3339.IsValid(words.Word))
            return;

        _time = words.Word;
        End = words.Position;
        if (!words.Next() || !words.IsBeforeTab || !(HeadWord.IsRequestId(words.Word) || HeadWord.IsNoId(words.Word)))
            return;

        End = words.Position;
        if (HeadWord.IsRequestId(words.Word))
            RequestId = words.Word;
    }

    bool TakeLevel(in HeadWords words)
    {
        HasLevel = HeadWord.TryReadLevel(words.Word, words.IsBeforeTab, out var level);
        Level = level;
        return HasLevel;
    }

    bool TakeBasicLevel(in HeadWords words)
    {
        HasLevel = HeadWord.TryReadBasicLevel(words.Word, out var level);
        Level = level;
        return HasLevel;
    }

    /// <summary>Takes a word that may stand before the level.</summary>
    bool Take(ReadOnlySpan<byte> word)
    {
        if (HeadWord.IsRequestId(word))
            RequestId = word;
        else if (HeadWord.IsTimeLike(word))
            _time = word;
        else
            return HeadWord.IsNoId(word) || HeadWord.IsNamedTime(word);

        return true;
    }
}
