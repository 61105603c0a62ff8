using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Locates the parts of one telemetry event: <c>{"time":"…","type":"…","record":…}</c>, with keys in any order and others between them.
/// Ranges are relative to the event's first byte. For an invalid event, the parts before the error are set. An empty range means: missing.
/// </summary>
internal struct Envelope
{
    /// <summary>Longest name or time that is searched in the head of an event.</summary>
    const int HeadTextMax = 128;

    /// <summary>Length of the whole event.</summary>
    public int Length;

    /// <summary>The inside of the time string.</summary>
    public Range Time;

    /// <summary>The inside of the type string.</summary>
    public Range Type;

    /// <summary>The raw record; for an invalid event only its start is valid.</summary>
    public Range Record;

    /// <summary>
    /// Start of everything after the colon of the record: a piece of a split record may begin with a space that belongs to it.
    /// </summary>
    public int PieceStart;

    /// <summary>Whether there is a <c>record</c>, or at least the start of one.</summary>
    public bool HasRecord;

    /// <summary>Whether it is a function's line in Lambda's usual shape, with a valid time.</summary>
    public bool IsCommon;

    /// <summary>Whether the event contains a lone surrogate.</summary>
    public bool HasLoneSurrogate;

    /// <summary>Whether there are line breaks or tabs between values.</summary>
    public bool HasLineBreak;

    /// <summary>Reads the event at the start of a text.</summary>
    /// <param name="text">Starts with the event's opening bracket.</param>
    /// <param name="envelope">The located parts.</param>
    /// <returns>Why it could not be read, or <see cref="ScanFault.None"/>.</returns>
    public static ScanFault Read(ReadOnlySpan<byte> text, out Envelope envelope)
    {
        if (TryReadCommon(text, out envelope))
            return ScanFault.None;

        envelope = default;
        var scanner = new JsonScanner(text);
        var ended = !scanner.Skip((byte)'{');
        if (!ended && scanner.Current == '}')
        {
            scanner.Position++;
            ended = true;
        }

        while (!ended)
        {
            if (!scanner.SkipName(out var name))
                break;

            var start = scanner.Position;
            envelope.Begin(name, text, start);
            if (!scanner.SkipValue())
                break;

            envelope.End(name, text, start..scanner.Position);
            if (!scanner.SkipToNext((byte)'}', out ended))
                break;
        }

        envelope.Length = scanner.Position;
        envelope.HasLoneSurrogate = scanner.SawLoneSurrogate;
        envelope.HasLineBreak = scanner.SawLineBreak;
        return scanner.Fault;
    }

    /// <summary>
    /// Finds the probable start of the next event after an invalid one. Text in a line cannot look like it because its quotes are escaped;
    /// a nested object would need all three keys.
    /// </summary>
    /// <returns>The index, or the length of the text.</returns>
    public static int FindNext(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length)
        {
            var bracket = text[from..].IndexOf((byte)'{');
            ScanSteps.Add(bracket < 0 ? text.Length - from : bracket + 1);
            if (bracket < 0)
                break;

            from += bracket;
            if (LooksLikeEvent(text[from..]))
                return from;

            from++;
        }

        return text.Length;
    }

    /// <summary>
    /// Whether <c>time</c> and <c>type</c> and then <c>record</c> follow, or <c>record</c> first. A single key counts if its value is one
    /// that Lambda would write, because objects in a record may have a <c>type</c> and a <c>record</c> too.
    /// </summary>
    static bool LooksLikeEvent(ReadOnlySpan<byte> text)
    {
        // The search is limited to nearby text: a scan of all the rest from every bracket would take quadratic time on a hostile body.
        var scanner = new JsonScanner(text.Length > 4 * HeadTextMax ? text[..(4 * HeadTextMax)] : text);
        scanner.Skip((byte)'{');
        var mayFollow = true;
        for (var seen = 0; seen < 3; seen++)
        {
            if (scanner.Current != '"' || !scanner.SkipName(out var name))
                return false;

            if (name.SequenceEqual("record"u8))
                return mayFollow;

            var isType = name.SequenceEqual("type"u8);
            var start = scanner.Position + 1;
            if ((!isType && !name.SequenceEqual("time"u8)) || !scanner.SkipString())
                return false;

            var value = text[start..(scanner.Position - 1)];
            mayFollow = seen == 1 || (isType ? EventTypes.KindOf(value) != EventKind.Other : Rfc3339.IsValid(value));
            if (!scanner.SkipToNext((byte)'}', out var ended) || ended)
                return false;
        }

        return false;
    }

    /// <summary>Reads a line event in the exact form that Lambda currently writes, which are most of all bytes.</summary>
    static bool TryReadCommon(ReadOnlySpan<byte> text, out Envelope envelope)
    {
        const int TimeLength = 24;
        var head = "{\"time\":\""u8;
        var middle = "\",\"type\":\"function\",\"record\":"u8;
        var middleStart = head.Length + TimeLength;
        var recordStart = middleStart + middle.Length;
        envelope = default;
        if (text.Length <= recordStart || !text.StartsWith(head) || !text[middleStart..].StartsWith(middle))
            return false;

        // A quote or a backslash within the time would change the meaning of the following text.
        var time = text.Slice(head.Length, TimeLength);
        if (!Rfc3339.IsCommon(time))
            return false;

        var scanner = new JsonScanner(text) { Position = recordStart };
        if (!scanner.SkipValue() || scanner.Current != '}')
            return false;

        envelope.Time = head.Length..middleStart;
        envelope.Type = (middleStart + 10)..(middleStart + 18);
        envelope.Record = recordStart..scanner.Position;
        envelope.PieceStart = recordStart;
        envelope.HasRecord = true;
        envelope.IsCommon = true;
        envelope.HasLoneSurrogate = scanner.SawLoneSurrogate;
        envelope.HasLineBreak = scanner.SawLineBreak;
        envelope.Length = scanner.Position + 1;
        return true;
    }

    void Begin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, int start)
    {
        if (!name.SequenceEqual("record"u8))
            return;

        PieceStart = text[..start].TrimEnd(" \n\r\t"u8).Length;
        Record = start..start;
        HasRecord = true;
    }

    void End(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, Range value)
    {
        if (name.SequenceEqual("record"u8))
            Record = value;
        else if (text[value.Start] != '"')
            return;
        else if (name.SequenceEqual("time"u8))
            Time = (value.Start.Value + 1)..(value.End.Value - 1);
        else if (name.SequenceEqual("type"u8))
            Type = (value.Start.Value + 1)..(value.End.Value - 1);
    }
}
