using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// What the head of a text line says, where a runtime or logger put it there: level, request id, time. Found by position and word; a word
/// in the text itself never counts. Knows the shapes of Lambda's runtimes (Node, Python, Java, .NET, Ruby) and of common loggers: words
/// of which times, ids, numbers and a name or two may stand before the level; keys and values; a first letter or number that is the level;
/// and the traces of unhandled exceptions, which are errors. Pure.
/// </summary>
internal ref partial struct LinePrefix
{
    /// <summary>The head that is looked at, in bytes.</summary>
    const int HeadMax = 256;

    /// <summary>How many words may stand before the level: a date, a time, an id, names and what parts them.</summary>
    const int WordsMax = 12;

    /// <summary>How many fields may be empty.</summary>
    const int EmptiesMax = 2;

    /// <summary>How many names of threads and loggers may stand before the level.</summary>
    const int NamesMax = 4;

    ReadOnlySpan<byte> _time;
    bool _hasTime;
    bool _isInBracketTime;
    int _names;

    /// <summary>The line's level; INFO where it names none, ERROR where it is an unhandled exception.</summary>
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
        var isWhole = line.Length <= HeadMax;
        var head = isWhole ? line : line[..HeadMax];
        prefix.ReadHead(head, isWhole, isWithin: false);
        if (!prefix.HasLevel && head.Contains((byte)'\\') && HeadText.HasEscapes(head))
            prefix.ReadEscaped(head, isWhole);
        return prefix;
    }

    /// <summary>
    /// The level of a logger's line that came through <c>console.log</c> or <c>Console.WriteLine</c>, which call it information. Counts
    /// only where the logger's head cannot be a sentence: with a time, in brackets, or one of .NET's words with a colon.
    /// </summary>
    /// <param name="line">The text, the inside of a valid JSON string.</param>
    /// <returns>INFO where it names none.</returns>
    public static LogLevel LevelWithin(ReadOnlySpan<byte> line)
    {
        if (!MayHaveHead(line))
            return LogLevel.Info;

        var prefix = new LinePrefix { Level = LogLevel.Info };
        var isWhole = line.Length <= HeadMax;
        var head = isWhole ? line : line[..HeadMax];
        prefix.ReadHead(head, isWhole, isWithin: true);
        if (!prefix.HasLevel && head.Contains((byte)'\\') && HeadText.HasEscapes(head))
            prefix.ReadEscaped(head, isWhole, isWithin: true);
        return prefix.HasLevel ? prefix.Level : LogLevel.Info;
    }

    /// <summary>Whether a text may begin with a head of its own: most begin with a word of a sentence.</summary>
    static bool MayHaveHead(ReadOnlySpan<byte> line) => line.Length > 5
        && (!char.IsAsciiLetter((char)line[0]) || line[4] == ':' || char.IsAsciiDigit((char)line[1])
            || line[..Math.Min(line.Length, KeyMax)].Contains((byte)'='));

    /// <summary>
    /// Reads a head in which letters are escaped that need not be, as many JSON writers do with <c>&lt;</c>, <c>+</c> and quotes.
    /// </summary>
    void ReadEscaped(ReadOnlySpan<byte> head, bool isWhole, bool isWithin = false)
    {
        Span<byte> buffer = stackalloc byte[HeadMax];
        scoped var plain = new LinePrefix { Level = LogLevel.Info };
        ReadOnlySpan<byte> text = buffer[..HeadText.Unescape(head, buffer)];
        plain.ReadHead(text, isWhole, isWithin);
        if (!plain.HasLevel)
        {
            Level = plain.Level;
            return;
        }

        Named(true, plain.Level);
        End = HeadText.Place(head, plain.End);
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
        var words = new HeadWords(head, isWhole);
        var isAfterRule = false;
        var isAfterSign = false;
        var empties = 0;
        for (var count = 0; count < WordsMax && words.Next(); count++)
        {
            var word = words.Word;
            if (word.IsEmpty && (words.OpensBracket || ++empties > EmptiesMax))
                return;

            if (TakeLevel(in words, head, count, isAfterSign, isWithin))
            {
                ReadAfterLevel(ref words, head, isWhole, isWithin);
                return;
            }

            var isRule = HeadWord.IsRule(word) && !words.OpensBracket;
            isAfterSign = isRule && word[0] >= 0x80;
            if (!isRule && !Take(word, in words) && !TakeName(ref words, isAfterRule))
            {
                TakeOther(head, words.Start, count, isWhole);
                return;
            }

            isAfterRule = (isRule && count > 0) || words.IsBarred;
        }
    }

    bool TakeLevel(in HeadWords words, ReadOnlySpan<byte> head, int count, bool isAfterSign, bool isWithin)
    {
        var word = words.Word;
        if (word.Length == 1)
            return IsLetter(word[0], head[words.Position..]) && LevelNames.TryParseLetter(word[0], out var letter) && Named(true, letter);

        // What Go writes of an unhandled panic is no logger's level.
        if (count == 0 && word.SequenceEqual("panic:"u8))
            return false;

        var isMarked = words.IsBeforeTab || words.IsBarred || words.IsColoured || words.ClosesBracket
            || (isAfterSign && head[words.Position..].StartsWith(" "u8));
        if (words.IsBracketed && !words.OpensBracket && !_isInBracketTime)
            return false;

        // [error handler] and [ERROR shop] need a time before them, or nothing behind.
        if (words.IsBracketed && !words.ClosesBracket && !_hasTime)
            return false;

        var isBareStart = isWithin && count == 0 && !words.IsBracketed && !words.IsBarred;
        if (isBareStart && !(word[^1] == ':' && word.Length == 5 && word[0] >= 'a'))
            return false;

        if (words.IsLast && !words.IsBracketed && !words.IsBarred && !words.IsColoured)
            return (count == 0 || _hasTime) && Named(HeadWord.TryReadPart(in words, out var last), last);

        if (HeadWord.TryReadLevel(word, isMarked, out var level))
            return Named(true, level);

        return (count == 0 || _hasTime) && HeadWord.TryReadPart(in words, out level) && Named(true, level);
    }

    /// <summary>Whether a letter is a level: behind a time, and a name in brackets behind it, as Semantic Logger writes.</summary>
    readonly bool IsLetter(byte letter, ReadOnlySpan<byte> rest) =>
        _hasTime && char.IsAsciiLetterUpper((char)letter) && rest.StartsWith("["u8);

    bool Named(bool isLevel, LogLevel level)
    {
        HasLevel = isLevel;
        Level = isLevel ? level : LogLevel.Info;
        return isLevel;
    }

    /// <summary>
    /// Python writes the level first: <c>[INFO]\t2024-05-15T23:59:20.159Z\t&lt;id&gt;\tmessage</c>; the id may be empty. Node and .NET
    /// write what was not logged at a level as information.
    /// </summary>
    void ReadAfterLevel(ref HeadWords words, ReadOnlySpan<byte> head, bool isWhole, bool isWithin)
    {
        if (words.IsBracketed && !words.ClosesBracket && !words.SkipBracket())
            return;

        var isBeforeTab = words.IsBeforeTab || head[words.Position..].StartsWith("\\t"u8);
        End = SkipGap(head, words.Position);
        if (isWithin || !isBeforeTab)
            return;

        if (!_time.IsEmpty)
        {
            if (Level == LogLevel.Info && Rfc3339.IsCommon(_time))
                Level = LevelWithin(head[End..]);
            return;
        }

        words = new HeadWords(head[End..], isWhole);
        if (!words.Next() || !words.IsBeforeTab || !Rfc3339.IsValid(words.Word))
            return;

        _time = words.Word;
        var start = End;
        End = start + words.Position;
        if (!words.Next() || !words.IsBeforeTab || !(HeadWord.IsRequestId(words.Word) || HeadWord.IsNoId(words.Word)))
            return;

        End = start + words.Position;
        if (HeadWord.IsRequestId(words.Word))
            RequestId = words.Word;
    }

    /// <summary>Steps over the one tab, colon or blank that stands behind a level's brackets or colour.</summary>
    static int SkipGap(ReadOnlySpan<byte> head, int at)
    {
        if (head[at..].StartsWith("\\t"u8) && head[..at] is [.., (byte)']'])
            return at + 2;

        if (head[at..].StartsWith(":"u8))
            at++;
        return head[at..].StartsWith(" "u8) ? at + 1 : at;
    }

    /// <summary>Takes a word that may stand before the level.</summary>
    bool Take(ReadOnlySpan<byte> word, in HeadWords words)
    {
        if (HeadWord.IsRequestId(word))
        {
            RequestId = word;
            return true;
        }

        if (HeadWord.IsTimeLike(word))
        {
            _time = word;
            _hasTime = true;
            _isInBracketTime = words.IsBracketed && !words.ClosesBracket;
            return true;
        }

        if (HeadWord.IsDateWord(word, _hasTime))
            return _hasTime = _isInBracketTime = true;

        if (HeadWord.IsNoId(word) || HeadWord.IsNamedTime(word))
            return !HeadWord.IsNamedTime(word);

        // A process's number stands behind a time or a name in brackets; one of many digits is a time.
        return HeadWord.IsNumber(word) && (_hasTime || _names > 0 || word.Length >= 10) && (_hasTime = true);
    }

    /// <summary>Takes the name of a thread or logger: in brackets, behind what parts it from a time, or one that no sentence has.</summary>
    bool TakeName(ref HeadWords words, bool isAfterRule)
    {
        if (_names == NamesMax)
            return false;

        if (words.IsBracketed)
        {
            _names++;
            _isInBracketTime = false;
            return words.ClosesBracket || words.SkipBracket();
        }

        var isName = isAfterRule ? _names == 0 || words.IsBarred : _hasTime && HeadWord.IsDotted(words.Word);
        _names += isName ? 1 : 0;
        return isName;
    }

    /// <summary>Looks at what is no head any more: keys and values, or the trace of an unhandled exception.</summary>
    void TakeOther(ReadOnlySpan<byte> head, int at, int count, bool isWhole)
    {
        var text = head[at..];
        if (count == 0 || _hasTime)
        {
            if (ReadPairs(text, isWhole))
                return;
        }

        Level = FailureHead.LevelOf(text);
    }
}
