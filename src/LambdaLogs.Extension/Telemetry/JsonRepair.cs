using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Repairs text that is JSON by its grammar only, so that no later reader fails on it. Pure.</summary>
internal static class JsonRepair
{
    /// <summary>Largest output of <see cref="ReplaceInvalidUtf8"/>: U+FFFD has three bytes for one invalid byte.</summary>
    public static int RepairedMax(ReadOnlySpan<byte> text)
    {
        var size = text.Length;
        foreach (var b in text)
            size += b >= 0x80 ? 2 : 0;
        return size;
    }

    /// <summary>Replaces escaped lone surrogates by <c>\ufffd</c> in place: both have the same length.</summary>
    /// <param name="json">A text in which every backslash begins a valid escape.</param>
    public static void ReplaceLoneSurrogates(Span<byte> json)
    {
        while (true)
        {
            var slash = json.IndexOf((byte)'\\');
            if (slash < 0)
                return;

            json = json[slash..];
            json = json[(json[1] == 'u' ? RepairEscape(json) : 2)..];
        }
    }

    /// <summary>Copies a text and replaces invalid UTF-8 by U+FFFD.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="destination">At least <see cref="RepairedMax"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int ReplaceInvalidUtf8(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var ascii = text.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            var plain = ascii < 0 ? text.Length : ascii;
            text[..plain].CopyTo(destination[written..]);
            written += plain;
            text = text[plain..];
            if (text.IsEmpty)
                break;

            _ = Rune.DecodeFromUtf8(text, out var rune, out var used);
            written += rune.EncodeToUtf8(destination[written..]);
            text = text[used..];
        }

        return written;
    }

    /// <summary>Replaces line breaks and tabs between values by spaces: line-based formats require that.</summary>
    /// <param name="json">Valid JSON, whose strings contain no such bytes.</param>
    public static void FlattenWhitespace(Span<byte> json)
    {
        while (true)
        {
            var control = json.IndexOfAnyInRange((byte)0, (byte)0x1F);
            if (control < 0)
                return;

            json[control] = (byte)' ';
            json = json[(control + 1)..];
        }
    }

    /// <summary>Makes a text that is one JSON value valid and flat.</summary>
    /// <returns>False if it is not a JSON value.</returns>
    public static bool TryFlatten(Span<byte> json)
    {
        var scanner = new JsonScanner(json);
        if (!scanner.SkipValue() || scanner.Position < json.Length)
            return false;

        if (scanner.SawLoneSurrogate)
            ReplaceLoneSurrogates(json);
        if (scanner.SawLineBreak)
            FlattenWhitespace(json);
        return true;
    }

    /// <returns>The number of bytes to advance.</returns>
    static int RepairEscape(Span<byte> escape)
    {
        var first = JsonText.HexNumber(escape[2..]);
        if (first is < 0xD800 or > 0xDFFF)
            return 6;

        var next = escape[6..];
        var second = next.StartsWith("\\u"u8) ? JsonText.HexNumber(next[2..]) : -1;
        if (first <= 0xDBFF && second is >= 0xDC00 and <= 0xDFFF)
            return 12;

        "\\ufffd"u8.CopyTo(escape);
        return 6;
    }
}
