using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// The line of an entry, as the inside of a JSON string: the message; or, with attributes, a JSON object that starts with the message,
/// which is then escaped twice. Pure.
/// </summary>
internal static class LokiLine
{
    /// <summary>The start of an object's line, escaped once.</summary>
    static ReadOnlySpan<byte> ObjectHead => "{\\\"message\\\":\\\""u8;

    static ReadOnlySpan<byte> PlainHead => "{\"message\":\""u8;

    static ReadOnlySpan<byte> TruncatedRest => "\",\"truncated\":true}"u8;

    /// <summary>Truncates a record that is too long for a line. Loki measures the line after unescaping it once.</summary>
    /// <param name="record">A record.</param>
    /// <param name="lineMax">The longest line.</param>
    /// <param name="scratch">Space for a truncated message.</param>
    /// <returns>The record, or a copy with a truncated message and perhaps truncated attributes.</returns>
    public static LogRecord Truncate(scoped in LogRecord record, int lineMax, Scratch scratch)
    {
        scratch.Trim();
        if (record.Attributes.IsEmpty)
            return record.Message.Length <= lineMax || UnescapedLength(record.Message) <= lineMax
                ? record
                : record with { Message = Cut(record.Message, PlainEnd(record.Message, lineMax - MessageTruncation.MarkMax), scratch) };

        // An object's line is JSON itself, and its message is escaped in it.
        var rest = PlainHead.Length + 2 + record.Attributes.Length;
        if (rest + record.Message.Length <= lineMax)
            return record;

        var attributes = MessageTruncation.Attributes(record.Attributes, rest, lineMax);
        rest += attributes.Length - record.Attributes.Length;
        var kept = lineMax - rest - MessageTruncation.MarkMax;
        return record.Message.Length <= lineMax - rest
            ? record with { Attributes = attributes }
            : record with { Attributes = attributes, Message = Cut(record.Message, kept, scratch) };
    }

    static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> message, int kept, Scratch scratch)
    {
        var room = scratch.Take(kept + MessageTruncation.MarkMax);
        var writer = new SpanWriter(room);
        MessageTruncation.Write(message, kept + MessageTruncation.MarkMax, ref writer);
        return room[..writer.Written];
    }

    /// <summary>Upper bound of the unescaped length of the inside of a JSON string.</summary>
    static int UnescapedLength(ReadOnlySpan<byte> raw)
    {
        var length = 0;
        for (var at = 0; at < raw.Length;)
            length += Unescaped(raw, ref at);
        return length;
    }

    /// <summary>Returns the index at which the unescaped text has a given length.</summary>
    static int PlainEnd(ReadOnlySpan<byte> raw, int length)
    {
        var at = 0;
        while (at < raw.Length)
        {
            var before = at;
            length -= Unescaped(raw, ref at);
            if (length < 0)
                return before;
        }

        return at;
    }

    /// <summary>Skips one byte or escape.</summary>
    /// <returns>The number of unescaped bytes; three for a lone surrogate.</returns>
    static int Unescaped(ReadOnlySpan<byte> raw, ref int at)
    {
        if (raw[at++] != '\\')
            return 1;

        if (raw[at++] != 'u')
            return 1;

        var number = JsonText.HexNumber(raw[at..]);
        at = Math.Min(at + 4, raw.Length);
        return number switch { < 0x80 => 1, < 0x800 => 2, _ => 3 };
    }

    /// <summary>Upper bound of what <see cref="Write"/> writes.</summary>
    /// <param name="message">The inside of a JSON string.</param>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int MaxSize(ReadOnlySpan<byte> message, ReadOnlySpan<byte> attributes) => attributes.IsEmpty
        ? message.Length
        : ObjectHead.Length + JsonText.EscapedMax(message) + 4 + JsonText.EscapedMax(attributes);

    /// <summary>Writes the line.</summary>
    /// <param name="message">The inside of a JSON string.</param>
    /// <param name="attributes">A JSON object, or empty.</param>
    /// <param name="writer">Receives the output.</param>
    public static void Write(scoped ReadOnlySpan<byte> message, scoped ReadOnlySpan<byte> attributes, ref SpanWriter writer)
    {
        if (attributes.IsEmpty)
        {
            writer.Add(message);
            return;
        }

        writer.Add(ObjectHead);
        writer.Advance(JsonText.Escape(message, writer.Remaining));
        writer.Add("\\\""u8);
        var members = JsonValue.Inside(attributes);
        if (!members.IsEmpty)
            writer.Add(","u8);
        writer.Advance(JsonText.Escape(members, writer.Remaining));
        writer.Add("}"u8);
    }

    /// <summary>Truncates an encoded line. Rare, so it may allocate.</summary>
    /// <param name="line">The encoded line.</param>
    /// <param name="bytesMax">Most bytes to write.</param>
    /// <param name="scratch">A buffer for intermediate results.</param>
    /// <param name="writer">Receives the output.</param>
    public static void Shorten(scoped ReadOnlySpan<byte> line, int bytesMax, Scratch scratch, ref SpanWriter writer)
    {
        if (line.Length > bytesMax && line.StartsWith(ObjectHead) && line[^1] == '}')
            ShortenObject(line, bytesMax, scratch.Take(2 * line.Length), ref writer);
        else
            MessageTruncation.Write(line, bytesMax, ref writer);
    }

    static void ShortenObject(scoped ReadOnlySpan<byte> line, int bytesMax, scoped Span<byte> memory, ref SpanWriter writer)
    {
        var cut = memory[line.Length..];
        var plain = memory[..JsonText.Unescape(line, memory[..line.Length])];
        var message = plain[PlainHead.Length..];
        message = message[..JsonValue.StringLength(message)];
        ReadOnlySpan<byte> rest = plain[(PlainHead.Length + message.Length)..];
        if (PlainHead.Length + JsonText.EscapedMax(rest) + MessageTruncation.MarkMax + 2 > bytesMax)
            rest = TruncatedRest;

        var room = bytesMax;
        while (true)
        {
            var shorter = new SpanWriter(cut);
            shorter.Add(PlainHead);
            MessageTruncation.Write(message, Math.Max(MessageTruncation.MarkMax, room - PlainHead.Length - rest.Length), ref shorter);
            shorter.Add(rest);
            var excess = JsonText.EscapedMax(cut[..shorter.Written]) - bytesMax;
            if (excess <= 0)
            {
                writer.Advance(JsonText.Escape(cut[..shorter.Written], writer.Remaining));
                return;
            }

            if (room < MessageTruncation.MarkMax)
                throw new InvalidDataException("The line leaves no room for a message.");

            room -= excess;
        }
    }
}
