using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LambdaLogs.Extension.Records;

/// <summary>
/// Returns the lengths of JSON tokens. If a token is invalid or incomplete, the result is negative: the bitwise complement of the number
/// of valid bytes. Pure.
/// </summary>
internal static class JsonTokens
{
    /// <summary>
    /// Number of leading bytes of a string's inside that are not escaped: up to a quote, a backslash or a byte below 0x20.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainLength(ReadOnlySpan<byte> text)
    {
        // Not IndexOfAny: most strings are short, and the call alone costs more than the loop.
        var at = 0;
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            var special = Special(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at));
            if (special != Vector128<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
        }

        while (at < text.Length && text[at] is >= (byte)' ' and not ((byte)'"' or (byte)'\\'))
            at++;
        return at;
    }

    /// <summary>
    /// The number of leading bytes of a string's content that are literal or part of a two-byte escape: nearly all of it. It may stop
    /// anywhere in the last 16 bytes of the text.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CommonLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        // The byte behind an escape's backslash is always within the text.
        while (at + Vector128<byte>.Count < text.Length)
        {
            var special = Special(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at));
            var block = at;
            at += Vector128<byte>.Count;
            if (special == Vector128<byte>.Zero)
                continue;

            for (var bits = special.ExtractMostSignificantBits(); bits != 0;)
            {
                var index = BitOperations.TrailingZeroCount(bits);
                var found = block + index;
                if (text[found] != '\\' || !IsShortEscape(text[found + 1]))
                    return found;

                // The escaped byte may be a quote or a backslash, and the first of the next block.
                bits &= ~(3u << index);
                at = Math.Max(at, found + 2);
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Special(Vector128<byte> bytes)
    {
        // The quote is 0x22. With one bit flipped it follows the control characters, so that one comparison finds both.
        var flipped = bytes ^ Vector128.Create((byte)('"' ^ ' '));
        return Vector128.Equals(Vector128.Min(flipped, Vector128.Create((byte)' ')), flipped)
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
    }

    /// <summary>The length of an escape; of two if they form a surrogate pair.</summary>
    /// <param name="text">A text that starts with the backslash.</param>
    /// <param name="isLone">Whether it is a lone surrogate.</param>
    public static int EscapeLength(ReadOnlySpan<byte> text, out bool isLone)
    {
        isLone = false;
        if (text.Length < 2)
            return ~1;

        if (text[1] != 'u')
            return IsShortEscape(text[1]) ? 2 : ~1;

        var first = JsonText.HexNumber(text[2..]);
        if (first is >= 0 and (< 0xD800 or > 0xDFFF))
            return 6;

        if (first < 0)
            return ~(2 + HexCount(text[2..]));

        var next = text[6..];
        var second = next.StartsWith("\\u"u8) ? JsonText.HexNumber(next[2..]) : -1;
        isLone = first > 0xDBFF || second is < 0xDC00 or > 0xDFFF;
        return isLone ? 6 : 12;
    }

    /// <summary>The length of a number.</summary>
    public static int NumberLength(ReadOnlySpan<byte> text)
    {
        var at = text is [(byte)'-', ..] ? 1 : 0;
        var digits = DigitCount(text[at..]);
        if (digits == 0)
            return ~at;

        // A leading zero is a number of its own; following digits are invalid.
        at += text[at] == '0' ? 1 : digits;
        if (at < text.Length && text[at] == '.')
        {
            digits = DigitCount(text[(at + 1)..]);
            at += 1 + digits;
            if (digits == 0)
                return ~at;
        }

        return at < text.Length && (text[at] | 0x20) == 'e' ? ExponentLength(text, at + 1) : at;
    }

    /// <summary>The length of <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public static int WordLength(ReadOnlySpan<byte> text)
    {
        var word = text[0] switch
        {
            (byte)'t' => "true"u8,
            (byte)'f' => "false"u8,
            _ => "null"u8,
        };
        var same = text.CommonPrefixLength(word);
        return same == word.Length ? same : ~same;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsShortEscape(byte letter) =>
        letter is (byte)'n' or (byte)'t' or (byte)'"' or (byte)'\\' or (byte)'r' or (byte)'/' or (byte)'b' or (byte)'f';

    static int ExponentLength(ReadOnlySpan<byte> text, int at)
    {
        if (at < text.Length && text[at] is (byte)'+' or (byte)'-')
            at++;
        var digits = DigitCount(text[at..]);
        return digits > 0 ? at + digits : ~at;
    }

    static int DigitCount(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit((char)text[count]))
            count++;
        return count;
    }

    static int HexCount(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiHexDigit((char)text[count]))
            count++;
        return count;
    }
}
