using System.Buffers.Text;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Shortens the inside of a JSON string so that it stays one: never within a character, an escape or a pair of surrogate escapes.
/// </summary>
internal static class MessageCut
{
    /// <summary>Longest mark, in bytes: <c>…[truncated, 2147483647 bytes]</c>.</summary>
    public const int MarkMax = 15 + 10 + 7;

    static ReadOnlySpan<byte> MarkHead => "…[truncated, "u8;

    static ReadOnlySpan<byte> MarkTail => " bytes]"u8;

    /// <summary>The attributes, or <c>{"truncated":true}</c> where they leave no room for a message's mark.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    /// <param name="sizeWithoutMessage">What the record takes without its message, attributes included.</param>
    /// <param name="bytesMax">What the record may take.</param>
    public static ReadOnlySpan<byte> Attributes(ReadOnlySpan<byte> attributes, int sizeWithoutMessage, int bytesMax)
    {
        var mark = "{\"truncated\":true}"u8;
        return sizeWithoutMessage + MarkMax > bytesMax && attributes.Length > mark.Length ? mark : attributes;
    }

    /// <summary>Writes the message, or its beginning and a mark with the number of missing bytes.</summary>
    /// <param name="message">The inside of a valid JSON string; where it was cut before, the numbers are added up.</param>
    /// <param name="bytesMax">Most bytes to write, at least <see cref="MarkMax"/>.</param>
    /// <param name="writer">Where to write.</param>
    public static void Write(ReadOnlySpan<byte> message, int bytesMax, ref SpanWriter writer)
    {
        if (message.Length <= bytesMax)
        {
            writer.Add(message);
            return;
        }

        var missing = MissingBefore(ref message);
        var kept = Border(message, Math.Min(message.Length, Math.Max(0, bytesMax - MarkMax)));
        writer.Add(message[..kept]);
        writer.Add(MarkHead);
        Utf8Formatter.TryFormat(missing + message.Length - kept, writer.Rest, out var digits);
        writer.Skip(digits);
        writer.Add(MarkTail);
    }

    /// <summary>The last border between two characters that is not behind a place.</summary>
    /// <param name="message">The inside of a valid JSON string.</param>
    /// <param name="at">The place, from zero to the message's end.</param>
    public static int Border(ReadOnlySpan<byte> message, int at)
    {
        while (at > 0 && at < message.Length && (message[at] & 0xC0) == 0x80)
            at--;

        // An escape is at most six bytes long; a pair of surrogates is two of them.
        at = EscapeBorder(message, at);
        var isPair = at >= 6 && IsSurrogate(message[at..], low: true) && IsSurrogate(message[(at - 6)..], low: false);
        return isPair ? EscapeBorder(message, at - 6) : at;
    }

    /// <summary>The place itself, or the beginning of the escape it is in.</summary>
    static int EscapeBorder(ReadOnlySpan<byte> message, int at)
    {
        var slash = message[..at].LastIndexOf((byte)'\\');
        if (slash < 0 || slash < at - 5)
            return at;

        // Only the first of two backslashes begins an escape: an even number before it leaves this one to begin its own.
        var first = message[..slash].LastIndexOfAnyExcept((byte)'\\') + 1;
        var begins = slash - (slash - first) % 2;
        var length = message[begins + 1] == 'u' ? 6 : 2;
        return begins + length > at ? begins : at;
    }

    /// <summary>Takes an earlier cut's mark off the message.</summary>
    /// <returns>How many bytes that cut left out; zero where there was none.</returns>
    static int MissingBefore(ref ReadOnlySpan<byte> message)
    {
        var start = message.LastIndexOf(MarkHead);
        if (start < 0 || message.Length - start > MarkMax || !message.EndsWith(MarkTail))
            return 0;

        var digits = message[(start + MarkHead.Length)..^MarkTail.Length];
        if (!Utf8Parser.TryParse(digits, out int missing, out var used) || used != digits.Length || missing is < 0 or > int.MaxValue / 2)
            return 0;

        message = message[..start];
        return missing;
    }

    static bool IsSurrogate(ReadOnlySpan<byte> text, bool low)
    {
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u' || (text[2] | 0x20) != 'd')
            return false;

        var third = text[3] | 0x20;
        var isLow = third is >= 'c' and <= 'f';
        return low ? isLow : third is '8' or '9' or 'a' or 'b';
    }
}
