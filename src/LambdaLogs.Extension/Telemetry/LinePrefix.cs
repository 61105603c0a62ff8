using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Parses the prefix of a text line, in which a runtime or logger writes level, request id and time. Position and form matter; a word in
/// the message itself never counts. Supports the forms of Lambda's runtimes (Node, Python, Java, .NET, Ruby) and of common loggers: words,
/// where times, ids, numbers and one or two names may precede the level; key-value pairs; a first letter or number that is the level; and
/// the traces of unhandled exceptions, which are errors. Pure.
/// </summary>
internal ref partial struct LinePrefix
{
    /// <summary>Number of bytes that are examined.</summary>
    const int HeadMax = 256;

    /// <summary>Number of words that may precede the level: date, time, id, names and separators.</summary>
    const int WordsMax = 12;

    /// <summary>Number of empty fields that may precede it.</summary>
    const int EmptiesMax = 2;

    /// <summary>Number of thread and logger names that may precede the level.</summary>
    const int NamesMax = 4;

    ReadOnlySpan<byte> _time;
    bool _hasDate;
    bool _isSyslog;
    bool _hasTime;
    bool _isInBracketTime;
    int _names;

    /// <summary>The line's level; INFO if it names none, ERROR for an unhandled exception.</summary>
    public LogLevel Level { get; private set; }

    /// <summary>The request id in the line. Empty: none.</summary>
    public ReadOnlySpan<byte> RequestId { get; private set; }

    /// <summary>The time in the line, if it is RFC 3339. Empty: none.</summary>
    public readonly ReadOnlySpan<byte> Time => Rfc3339.IsValid(_time) ? _time : default;

    /// <summary>Whether the line names its level.</summary>
    public bool HasLevel { get; private set; }

    /// <summary>Index of the text after the prefix. Zero: the line has no prefix, or none that ends with a level.</summary>
    public int End { get; private set; }

    /// <summary>Parses the prefix of a line.</summary>
    /// <param name="line">The inside of a valid JSON string.</param>
    public static LinePrefix Read(ReadOnlySpan<byte> line)
    {
        var head = line.Length <= HeadMax ? line : line[..HeadMax];
        var prefix = new LinePrefix { Level = LogLevel.Info };
        return Sentence.Begins(head) || prefix.TryReadNode(head) ? prefix : ReadByWords(line);
    }

    /// <summary>Parses the prefix of a line word by word, without the shortcuts for the most common lines.</summary>
    /// <param name="line">The inside of a valid JSON string.</param>
    public static LinePrefix ReadByWords(ReadOnlySpan<byte> line)
    {
        var prefix = new LinePrefix { Level = LogLevel.Info };
        prefix.Read(line, isWithin: false);
        return prefix;
    }

    /// <summary>
    /// Returns the level in a logger's line that was written through <c>console.log</c> or <c>Console.WriteLine</c>, which label it as
    /// information. Counts only if the prefix cannot be part of a sentence: with a time, in brackets, or a .NET level with a colon.
    /// </summary>
    /// <param name="line">The text, the inside of a valid JSON string.</param>
    /// <returns>INFO if it names none.</returns>
    public static LogLevel LevelWithin(ReadOnlySpan<byte> line)
    {
        if (!MayHaveHead(line))
            return LogLevel.Info;

        var prefix = new LinePrefix { Level = LogLevel.Info };
        prefix.Read(line, isWithin: true);
        return prefix.HasLevel ? prefix.Level : LogLevel.Info;
    }

    /// <summary>Whether a text may start with a prefix: most start with a word of a sentence.</summary>
    static bool MayHaveHead(ReadOnlySpan<byte> line) => line.Length > 5
        && (!char.IsAsciiLetter((char)line[0]) || line[4] == ':' || char.IsAsciiDigit((char)line[1])
            || line[..Math.Min(line.Length, KeyMax)].Contains((byte)'='));

    void Read(ReadOnlySpan<byte> line, bool isWithin)
    {
        var isWhole = line.Length <= HeadMax;
        var head = isWhole ? line : line[..HeadMax];
        ReadHead(head, isWhole, isWithin);
        if (!HasLevel && head.Contains((byte)'\\') && PrefixText.HasEscapes(head))
            ReadEscaped(head, isWhole, isWithin);
    }

    /// <summary>Parses a prefix with unnecessary escapes, as many JSON writers write <c>&lt;</c>, <c>+</c> and quotes.</summary>
    void ReadEscaped(ReadOnlySpan<byte> head, bool isWhole, bool isWithin)
    {
        Span<byte> buffer = stackalloc byte[HeadMax];
        scoped var plain = new LinePrefix { Level = LogLevel.Info };
        ReadOnlySpan<byte> text = buffer[..PrefixText.Unescape(head, buffer)];
        plain.ReadHead(text, isWhole, isWithin);
        if (!plain.HasLevel)
        {
            Level = plain.Level;
            return;
        }

        Named(true, plain.Level);
        End = PrefixText.Place(head, plain.End);
        var id = plain.RequestId.IsEmpty ? -1 : head.IndexOf(plain.RequestId);
        RequestId = id < 0 ? default : head.Slice(id, plain.RequestId.Length);
        var time = plain._time.IsEmpty ? -1 : head.IndexOf(plain._time);
        _time = time < 0 ? default : head.Slice(time, plain._time.Length);
    }

    void ReadHead(ReadOnlySpan<byte> head, bool isWhole, bool isWithin)
    {
        if (head.Length < 4 || ReadLetter(head))
            return;

        ReadWords(head, isWhole, isWithin);
    }

    void ReadWords(ReadOnlySpan<byte> head, bool isWhole, bool isWithin)
    {
        var words = new PrefixWords(head, isWhole);
        var isAfterRule = false;
        var isAfterSign = false;
        var empties = 0;
        for (var count = 0; count < WordsMax && words.Next(); count++)
        {
            var word = words.Word;
            if (word.IsEmpty && (words.OpensBracket || ++empties > EmptiesMax))
                return;

            if (count == 0 && word.SequenceEqual("npm"u8))
            {
                TakeNpm(ref words);
                return;
            }

            // A month or a day without a time of day begins a sentence.
            if ((_hasTime || !_hasDate) && TakeLevel(in words, head, count, isAfterSign, isWithin))
            {
                ReadAfterLevel(ref words, head, isWhole, isWithin);
                return;
            }

            var isRule = PrefixWord.IsRule(word) && !words.OpensBracket;
            isAfterSign = isRule && word[0] >= 0x80;
            if (!isRule && !TryTakeWord(word, in words, head) && !TakeName(ref words, isAfterRule)
                && !TakeBareName(in words, head[words.Position..], count))
            {
                ReadOtherForms(head, words.Start, count, isWhole);
                return;
            }

            isAfterRule = (isRule && count > 0) || words.IsBarred;
        }
    }

    bool TakeLevel(in PrefixWords words, ReadOnlySpan<byte> head, int count, bool isAfterSign, bool isWithin)
    {
        var word = words.Word;
        if (word.Length < 3)
            return TakeLetter(in words, head[words.Position..], count);

        // Go's output for an unhandled panic is not a logger's level.
        if (!_hasTime && _names == 0 && word.SequenceEqual("panic:"u8))
            return false;

        var isMarked = words.IsBeforeTab || words.IsBarred || words.IsColoured || words.ClosesBracket
            || (isAfterSign && head[words.Position..].StartsWith(" "u8));
        if (words.IsBracketed && !words.OpensBracket && !_isInBracketTime)
            return false;

        // [error handler] and [ERROR HANDLER] count only after a time. [ERROR shop::orders] is how Rust writes it without one.
        if (words.IsBracketed && !words.ClosesBracket && !_hasTime && !PrefixWord.IsModule(head[words.Position..]))
            return false;

        var isBareStart = isWithin && count == 0 && !words.IsBracketed && !words.IsBarred;
        if (isBareStart && !(word[^1] == ':' && word.Length == 5 && word[0] >= 'a'))
            return false;

        if (words.IsLast && !words.IsBracketed && !words.IsBarred && !words.IsColoured)
            return (count == 0 || _hasTime) && Named(PrefixWord.TryReadPart(in words, out var last), last);

        if (PrefixWord.TryReadLevel(word, isMarked || IsBeforeLabel(in words, head[words.Position..]), out var level))
            return Named(true, level);

        return (count == 0 || _hasTime) && PrefixWord.TryReadPart(in words, out level) && Named(true, level);
    }

    bool Named(bool isLevel, LogLevel level)
    {
        HasLevel = isLevel;
        Level = isLevel ? level : LogLevel.Info;
        return isLevel;
    }

    /// <summary>
    /// Parses the rest of a prefix that starts with the level, as Python writes:
    /// <c>[INFO]\t2024-05-15T23:59:20.159Z\t&lt;id&gt;\tmessage</c>, where the id may be empty. Node and .NET label lines without a level
    /// as information.
    /// </summary>
    void ReadAfterLevel(ref PrefixWords words, ReadOnlySpan<byte> head, bool isWhole, bool isWithin)
    {
        if (words.IsBracketed && !words.ClosesBracket && !words.SkipBracket())
            return;

        var isBeforeTab = words.IsBeforeTab || head[words.Position..].StartsWith("\\t"u8);
        End = SkipGap(head, words.Position);
        if (Level == LogLevel.Info && head[End..].StartsWith("PHP message: "u8))
            Level = FailurePrefix.LevelOf(head[(End + "PHP message: "u8.Length)..]);
        if (isWithin || !isBeforeTab)
            return;

        if (!_time.IsEmpty)
        {
            LookWithin(head, Rfc3339.IsCommon(_time));
            return;
        }

        words = new PrefixWords(head[End..], isWhole);
        if (!words.Next() || !words.IsBeforeTab || !Rfc3339.IsValid(words.Word))
            return;

        _time = words.Word;
        var start = End;
        End = start + words.Position;
        if (!words.Next() || !words.IsBeforeTab || !(PrefixWord.IsRequestId(words.Word) || PrefixWord.IsNoId(words.Word)))
            return;

        End = start + words.Position;
        if (PrefixWord.IsRequestId(words.Word))
            RequestId = words.Word;
    }

    /// <summary>A line at INFO may be another logger's line with its own level.</summary>
    void LookWithin(ReadOnlySpan<byte> head, bool isRuntime)
    {
        if (isRuntime && Level == LogLevel.Info)
            Level = LevelWithin(head[End..]);
    }

    /// <summary>Skips one tab, colon or space after the brackets or colour of a level.</summary>
    static int SkipGap(ReadOnlySpan<byte> head, int at)
    {
        if (head[at..].StartsWith("\\t"u8) && head[..at] is [.., (byte)']'])
            return at + 2;

        if (head[at..].StartsWith(":"u8))
            at++;
        return head[at..].StartsWith(" "u8) ? at + 1 : at;
    }

    /// <summary>Accepts a word that may precede the level.</summary>
    bool TryTakeWord(ReadOnlySpan<byte> word, in PrefixWords words, ReadOnlySpan<byte> head)
    {
        if (word is [(byte)'<', .., (byte)'>'])
            word = word[1..^1];
        if (PrefixWord.IsRequestId(word))
        {
            RequestId = word;
            return true;
        }

        if (PrefixWord.IsTimeLike(word))
        {
            _time = word;
            _hasTime = true;
            _isInBracketTime = words.IsBracketed && !words.ClosesBracket;
            return true;
        }

        if (PrefixWord.IsDateWord(word, _hasTime))
        {
            _hasDate |= !_hasTime;
            return _isInBracketTime = true;
        }

        if (PrefixWord.IsNoId(word) || PrefixWord.IsNamedTime(word))
            return !PrefixWord.IsNamedTime(word);

        if (!PrefixWord.IsNumber(_hasTime ? word.TrimEnd((byte)':') : word))
            return false;

        // A day follows a month, a process id a time or a name in brackets. A number with many digits is a time, and so is one before a
        // thread in brackets, which log4j counts from the start.
        var isTime = _hasTime || _names > 0 || word.Length >= 10 || (words.Start == 0 && head[words.Position..].StartsWith("["u8));
        _hasTime |= isTime;
        return isTime || _hasDate;
    }

    /// <summary>Accepts the name of a thread or logger: in brackets, after a separator, or a word that no sentence has.</summary>
    bool TakeName(ref PrefixWords words, bool isAfterRule)
    {
        if (_names == NamesMax)
            return false;

        if (words.IsBracketed)
        {
            _names++;
            _isInBracketTime = false;
            return words.ClosesBracket || words.SkipBracket();
        }

        var isName = isAfterRule ? _names == 0 || words.IsBarred : _hasTime && PrefixWord.IsName(words.Word);
        _names += isName ? 1 : 0;
        return isName;
    }

    /// <summary>Handles text that does not start with words of a prefix: key-value pairs, or the trace of an unhandled exception.</summary>
    void ReadOtherForms(ReadOnlySpan<byte> head, int at, int count, bool isWhole)
    {
        var text = head[at..];
        if (count == 0 || _hasTime)
        {
            if (ReadPairs(text, isWhole))
                return;
        }

        Level = FailurePrefix.LevelOf(text);
        if (!RequestId.IsEmpty && text.StartsWith("Invoke Error\\t{"u8))
        {
            End = at;
            HasLevel = true;
        }
    }
}
