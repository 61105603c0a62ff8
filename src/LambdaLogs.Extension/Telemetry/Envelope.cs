using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Where the parts of one telemetry event are: <c>{"time":"…","type":"…","record":…}</c>, with its keys in any order and others beside
/// them. Places are offsets from the event's first byte; of a broken event as many are set as were read. Lengths of zero: not there.
/// </summary>
internal struct Envelope
{
    /// <summary>Longest name or time that is looked for in the head of an event.</summary>
    const int HeadTextMax = 128;

    /// <summary>The whole event's length.</summary>
    public int Length;

    /// <summary>The inside of the string.</summary>
    public Range Time;

    /// <summary>The inside of the string.</summary>
    public Range Type;

    /// <summary>The record, raw; in a broken event only its beginning is right.</summary>
    public Range Record;

    /// <summary>
    /// Where the record begins with all that stands behind the colon: a piece of a split record may begin with a space that is its own.
    /// </summary>
    public int PieceStart;

    /// <summary>Whether there is a <c>record</c>, or at least its beginning.</summary>
    public bool HasRecord;

    /// <summary>Whether the event has half a surrogate pair somewhere.</summary>
    public bool HasLoneSurrogate;

    /// <summary>Whether the event has line breaks or tabs between its values.</summary>
    public bool HasLineBreak;

    /// <summary>Reads the event at the beginning of a text.</summary>
    /// <param name="text">Begins with the event's bracket.</param>
    /// <param name="envelope">What was found.</param>
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
    /// Finds where an event seems to begin, to go on there behind a broken one. A line's text cannot look like that, as its quotes are
    /// escaped; an object within a record hardly does, as it would need all three keys.
    /// </summary>
    /// <returns>The place, or the text's length.</returns>
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
    /// Whether <c>time</c> and <c>type</c> and then <c>record</c> stand there, or <c>record</c> first. Behind one key alone it counts if
    /// that one's value is what Lambda would put there: objects with a <c>type</c> and a <c>record</c> may stand in a record, too.
    /// </summary>
    static bool LooksLikeEvent(ReadOnlySpan<byte> text)
    {
        // A key and its colon must be near: a scan over all the rest from every bracket would take forever on a hostile body.
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

    /// <summary>Reads a line as Lambda writes it today, key by key in this order: most of all bytes that ever come here.</summary>
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

        // A quote or a backslash among the time's characters would make these other keys.
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
