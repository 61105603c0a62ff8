using System.Numerics;
using System.Runtime.Intrinsics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Recognizes text without a prefix by its first word: a word of a sentence, which no runtime or logger starts its prefix with, or the
/// start of a JSON object. Most of what functions print is like that. Pure.
/// </summary>
internal static class Sentence
{
    /// <summary>
    /// Whether a text certainly has no prefix: it starts with a word of letters, digits and hyphens that is not in capitals, followed by
    /// another word; or with the first name of an object. False if it may have one: <see cref="LinePrefix"/> then looks at each word.
    /// </summary>
    /// <param name="text">The inside of a valid JSON string, or the start of one.</param>
    public static bool Begins(ReadOnlySpan<byte> text)
    {
        var size = Vector128<byte>.Count;
        if (text.Length <= size)
            return false;

        // A time, most often.
        if (text[0] is >= (byte)'0' and <= (byte)'9')
            return false;

        if (text[0] == '{')
            return text[1] == '\\' && text[2] == '"' && !FailurePrefix.IsJavaTrace(text);

        var first = Vector128.Create(text[..size]);
        var small = Between(first, 'a', 'z');
        var word = small | Between(first, 'A', 'Z') | Between(first, '0', '9') | Vector128.Equals(first, Vector128.Create((byte)'-'));
        var length = BitOperations.TrailingZeroCount(~word.ExtractMostSignificantBits());
        if (length >= size || text[length] != ' ')
            return false;

        // Capitals may be a level; three letters may be the name of a day or month.
        var hasSmall = (small.ExtractMostSignificantBits() & ((1u << length) - 1)) != 0;
        if (!hasSmall || length is < 2 or 3 || !char.IsAsciiLetter((char)text[0]) || EndsHead(text[(length + 1)..]))
            return false;

        if (FailurePrefix.KnownLevel(text) != LogLevel.Info || PrefixWord.IsNoId(text[..length]))
            return false;

        // Java's runtime writes the exception's name at the end of the first line.
        return !text.Contains((byte)'\\') || (!FailurePrefix.IsJavaTrace(text) && !PrefixText.HasEscapes(text));
    }

    static Vector128<byte> Between(Vector128<byte> bytes, char low, char high) =>
        Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)low), Vector128.Create((byte)(high - low)));

    /// <summary>Whether the text after a word and a space may be one of the separators of a prefix.</summary>
    static bool EndsHead(ReadOnlySpan<byte> rest) =>
        rest[0] is (byte)' ' or (byte)'|' or (byte)']' or (byte)'[' or (byte)'('
        || rest is [(byte)'\\', not (byte)'"', ..] or [(byte)'-', (byte)' ', ..];
}
