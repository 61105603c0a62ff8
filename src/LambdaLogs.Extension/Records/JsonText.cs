using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace LambdaLogs.Extension.Records;

/// <summary>
/// Converts text to the inside of a JSON string and back, in UTF-8. Records contain escaped text; this is for text that has to be read or
/// created. Pure; never throws because of its input.
/// </summary>
/// Source: <see href="https://www.rfc-editor.org/rfc/rfc8259#section-7"/>
internal static class JsonText
{
    const int ByteOrderMark = 0xFEFF;

    /// <summary>Length of <c>\u0001</c>.</summary>
    const int ControlLength = 6;

    /// <summary>Length of U+FFFD in UTF-8.</summary>
    const int ReplacementLength = 3;

    /// <summary>
    /// Upper bound of the escaped length of a text. It is counted, because the worst case is six times the text, which would cost too much
    /// memory for a large one.
    /// </summary>
    /// <param name="text">Any bytes.</param>
    public static int EscapedMax(ReadOnlySpan<byte> text)
    {
        var size = text.Length + text.Count((byte)'"') + text.Count((byte)'\\');
        if (!text.ContainsAnyInRange((byte)0, (byte)0x1F) && Utf8.IsValid(text))
            return size;

        foreach (var b in text)
            size += b < 0x20 ? ControlLength - 1 : b >= 0x80 ? ReplacementLength - 1 : 0;
        return size;
    }

    /// <summary>Escapes a text. Bytes that are not UTF-8 become U+FFFD.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="destination">At least <see cref="EscapedMax"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Escape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        ScanSteps.Add(text.Length);
        while (!text.IsEmpty)
        {
            var plain = PlainLength(text);
            text[..plain].CopyTo(destination[written..]);
            written += plain;
            text = text[plain..];
            if (text.IsEmpty)
                break;

            if (text[0] < 0x80)
            {
                written += EscapeOne(text[0], destination[written..]);
                text = text[1..];
                continue;
            }

            _ = Rune.DecodeFromUtf8(text, out var rune, out var used);
            written += rune.EncodeToUtf8(destination[written..]);
            text = text[used..];
        }

        return written;
    }

    /// <summary>Unescapes the inside of a valid JSON string. Lone surrogates become U+FFFD.</summary>
    /// <param name="raw">A text in which every backslash begins a valid escape.</param>
    /// <param name="destination">At least as long as <paramref name="raw"/>, because unescaping never makes text longer.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var written = 0;
        ScanSteps.Add(raw.Length);
        while (true)
        {
            var plain = CopyPlain(raw, destination[written..]);
            written += plain;
            raw = raw[plain..];
            if (raw.Length < 2)
                return written;

            raw = raw[UnescapeOne(raw, destination, ref written)..];
        }
    }

    /// <summary>Parses four hexadecimal digits.</summary>
    /// <returns>Negative if the text is shorter or has another character.</returns>
    public static int HexNumber(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 4)
            return -1;

        var number = 0;
        for (var i = 0; i < 4; i++)
        {
            var letter = digits[i] | 0x20;
            var digit = letter is >= 'a' and <= 'f' ? letter - 'a' + 10 : digits[i] - '0';
            if ((uint)digit > 15 || (digit > 9 && letter < 'a'))
                return -1;

            number = number << 4 | digit;
        }

        return number;
    }

    /// <summary>Removes one final line break, <c>\n</c> or <c>\r\n</c> as escapes.</summary>
    public static ReadOnlySpan<byte> TrimFinalNewline(ReadOnlySpan<byte> raw)
    {
        var trimmed = TrimFinal(raw, (byte)'n', (byte)'a');
        return trimmed.Length == raw.Length ? raw : TrimFinal(trimmed, (byte)'r', (byte)'d');
    }

    /// <summary>Removes white space, line breaks and byte order marks from both ends, escaped or not.</summary>
    public static ReadOnlySpan<byte> TrimWhitespace(ReadOnlySpan<byte> raw)
    {
        while (WhitespaceLength(raw) is var length and > 0)
            raw = raw[length..];

        while (FinalWhitespaceLength(raw) is var length and > 0)
            raw = raw[..^length];
        return raw;
    }

    static int WhitespaceLength(ReadOnlySpan<byte> raw) => raw switch
    {
        [(byte)' ', ..] => 1,
        [(byte)'\\', (byte)'t' or (byte)'n' or (byte)'r', ..] => 2,
        [0xEF, 0xBB, 0xBF, ..] => 3,
        [(byte)'\\', (byte)'u', _, _, _, _, ..] when HexNumber(raw[2..]) == ByteOrderMark => 6,
        _ => 0,
    };

    static int FinalWhitespaceLength(ReadOnlySpan<byte> raw) => raw switch
    {
        [.., (byte)' '] => 1,
        [.., (byte)'\\', (byte)'t' or (byte)'n' or (byte)'r'] when BeginsEscape(raw, raw.Length - 2) => 2,
        [.., 0xEF, 0xBB, 0xBF] => 3,
        [.., (byte)'\\', (byte)'u', _, _, _, _] when HexNumber(raw[^4..]) == ByteOrderMark && BeginsEscape(raw, raw.Length - 6) => 6,
        _ => 0,
    };

    /// <param name="raw">The inside of a JSON string.</param>
    /// <param name="letter">The short escape's letter.</param>
    /// <param name="digit">The last digit of the long escape, <c>\u000X</c>.</param>
    static ReadOnlySpan<byte> TrimFinal(ReadOnlySpan<byte> raw, byte letter, byte digit)
    {
        if (raw.Length < 2)
            return raw;

        var last = raw[^1];
        if (last == letter && BeginsEscape(raw, raw.Length - 2))
            return raw[..^2];

        var isLong = (last | 0x20) == digit && raw.Length >= 6 && raw[^5..^1].SequenceEqual("u000"u8);
        return isLong && BeginsEscape(raw, raw.Length - 6) ? raw[..^6] : raw;
    }

    /// <summary>Whether the byte is a backslash that is not itself escaped: an odd number of them ends there.</summary>
    static bool BeginsEscape(ReadOnlySpan<byte> raw, int at)
    {
        if (raw[at] != '\\' || at == 0 || raw[at - 1] != '\\')
            return raw[at] == '\\';

        var head = raw[..(at + 1)];
        return (head.Length - 1 - head.LastIndexOfAnyExcept((byte)'\\')) % 2 == 1;
    }

    /// <summary>Copies up to the first backslash.</summary>
    /// <returns>The number of bytes copied. Bytes that were written after them are not part of the text.</returns>
    static int CopyPlain(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        // Copies before it searches, because there are often only a few bytes between escapes.
        var at = 0;
        for (; at + Vector128<byte>.Count <= raw.Length && at + Vector128<byte>.Count <= destination.Length; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(raw.Slice(at, Vector128<byte>.Count));
            bytes.CopyTo(destination[at..]);
            var slashes = Vector128.Equals(bytes, Vector128.Create((byte)'\\')).ExtractMostSignificantBits();
            if (slashes != 0)
                return at + BitOperations.TrailingZeroCount(slashes);
        }

        for (; at < raw.Length && raw[at] != '\\'; at++)
            destination[at] = raw[at];
        return at;
    }

    /// <summary>Returns the number of leading bytes that need no escape.</summary>
    static int PlainLength(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b < 0x80)
            {
                if (b is < 0x20 or (byte)'"' or (byte)'\\')
                    return i;

                continue;
            }

            if (Rune.DecodeFromUtf8(text[i..], out _, out var used) != System.Buffers.OperationStatus.Done)
                return i;

            i += used - 1;
        }

        return text.Length;
    }

    static int EscapeOne(byte value, Span<byte> destination)
    {
        var letter = value switch
        {
            (byte)'"' or (byte)'\\' => value,
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            _ => (byte)0,
        };
        if (letter != 0)
        {
            destination[1] = letter;
            destination[0] = (byte)'\\';
            return 2;
        }

        "\\u00"u8.CopyTo(destination);
        destination[5] = "0123456789abcdef"u8[value & 15];
        destination[4] = "0123456789abcdef"u8[value >> 4];
        return 6;
    }

    /// <returns>The number of bytes of the escape in <paramref name="raw"/>.</returns>
    static int UnescapeOne(ReadOnlySpan<byte> raw, Span<byte> destination, ref int written)
    {
        if (raw[1] == 'u')
            return UnescapeNumber(raw, destination, ref written);

        destination[written++] = raw[1] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            var other => other,
        };
        return 2;
    }

    static int UnescapeNumber(ReadOnlySpan<byte> raw, Span<byte> destination, ref int written)
    {
        var high = HexNumber(raw[2..]);
        var used = 6;
        if (!Rune.TryCreate(high, out var rune))
        {
            rune = Rune.ReplacementChar;
            var low = raw[6..].StartsWith("\\u"u8) ? HexNumber(raw[8..]) : -1;
            if (high is >= 0xD800 and <= 0xDBFF && low is >= 0xDC00 and <= 0xDFFF)
            {
                rune = new Rune((char)high, (char)low);
                used = 12;
            }
        }

        written += rune.EncodeToUtf8(destination[written..]);
        return used;
    }
}
