using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Truncates the inside of a JSON string so that it stays valid: never within a character, an escape or a pair of surrogate escapes.
/// </summary>
internal static class MessageTruncation
{
    /// <summary>Longest suffix in bytes: <c>…[truncated, 2147483647 bytes]</c>.</summary>
    public const int MarkMax = 15 + 10 + 7;

    static ReadOnlySpan<byte> MarkHead => "…[truncated, "u8;

    static ReadOnlySpan<byte> MarkTail => " bytes]"u8;

    /// <summary>The replacement of attributes that leave no room for the suffix of a message.</summary>
    public static ReadOnlySpan<byte> AttributesMark => "{\"truncated\":true}"u8;

    /// <summary>Returns the attributes, or <c>{"truncated":true}</c> if they leave no room for the suffix of a message.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    /// <param name="sizeWithoutMessage">Size of the record without its message, including attributes.</param>
    /// <param name="bytesMax">Largest size of the record.</param>
    public static ReadOnlySpan<byte> Attributes(ReadOnlySpan<byte> attributes, int sizeWithoutMessage, int bytesMax)
    {
        var isTooMuch = sizeWithoutMessage + MarkMax > bytesMax && attributes.Length > AttributesMark.Length;
        return isTooMuch ? AttributesMark : attributes;
    }

    /// <summary>Writes the message, or its beginning and a suffix with the number of missing bytes.</summary>
    /// <param name="message">The inside of a valid JSON string. If it was truncated before, the numbers are added.</param>
    /// <param name="bytesMax">Most bytes to write, at least <see cref="MarkMax"/>.</param>
    /// <param name="writer">Receives the output.</param>
    public static void Write(scoped ReadOnlySpan<byte> message, int bytesMax, ref SpanWriter writer)
    {
        if (message.Length <= bytesMax)
        {
            writer.Add(message);
            return;
        }

        var missing = MissingBefore(ref message);
        var kept = JsonStringBoundary.AtOrBefore(message, Math.Min(message.Length, Math.Max(0, bytesMax - MarkMax)));
        writer.Add(message[..kept]);
        writer.Add(MarkHead);
        Utf8Formatter.TryFormat(missing + message.Length - kept, writer.Remaining, out var digits);
        writer.Advance(digits);
        writer.Add(MarkTail);
    }

    /// <summary>Removes the suffix of an earlier truncation.</summary>
    /// <returns>The number of bytes that were left out; zero if there was none.</returns>
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
