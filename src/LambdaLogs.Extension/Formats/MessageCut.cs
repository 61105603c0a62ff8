using System.Buffers.Text;
using LambdaLogs.Extension.Records;

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

    /// <summary>What attributes become that leave no room for a message's mark.</summary>
    public static ReadOnlySpan<byte> AttributesMark => "{\"truncated\":true}"u8;

    /// <summary>The attributes, or <c>{"truncated":true}</c> where they leave no room for a message's mark.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    /// <param name="sizeWithoutMessage">What the record takes without its message, attributes included.</param>
    /// <param name="bytesMax">What the record may take.</param>
    public static ReadOnlySpan<byte> Attributes(ReadOnlySpan<byte> attributes, int sizeWithoutMessage, int bytesMax)
    {
        var isTooMuch = sizeWithoutMessage + MarkMax > bytesMax && attributes.Length > AttributesMark.Length;
        return isTooMuch ? AttributesMark : attributes;
    }

    /// <summary>Writes the message, or its beginning and a mark with the number of missing bytes.</summary>
    /// <param name="message">The inside of a valid JSON string; where it was cut before, the numbers are added up.</param>
    /// <param name="bytesMax">Most bytes to write, at least <see cref="MarkMax"/>.</param>
    /// <param name="writer">Where to write.</param>
    public static void Write(scoped ReadOnlySpan<byte> message, int bytesMax, ref SpanWriter writer)
    {
        if (message.Length <= bytesMax)
        {
            writer.Add(message);
            return;
        }

        var missing = MissingBefore(ref message);
        var kept = JsonBorder.Before(message, Math.Min(message.Length, Math.Max(0, bytesMax - MarkMax)));
        writer.Add(message[..kept]);
        writer.Add(MarkHead);
        Utf8Formatter.TryFormat(missing + message.Length - kept, writer.Rest, out var digits);
        writer.Skip(digits);
        writer.Add(MarkTail);
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
}
