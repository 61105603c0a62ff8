using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Measures and classifies valid JSON values. Pure.</summary>
internal static class JsonValue
{
    static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Length of the inside of a string.</summary>
    /// <param name="text">Starts after the opening quote.</param>
    public static int StringLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (true)
        {
            var found = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            ScanSteps.Add((found < 0 ? text.Length - at : found) + 1);
            if (found < 0)
                return text.Length;

            at += found;
            if (text[at] == '"')
                return at;

            at = Math.Min(at + 2, text.Length);
        }
    }

    /// <summary>Length of the value at the start of a text.</summary>
    public static int Length(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'"' => StringLength(text[1..]) + 2,
        (byte)'{' or (byte)'[' => NestedLength(text),
        _ => text.IndexOfAny(",}] \t\r\n"u8) is var end && end < 0 ? text.Length : end,
    };

    /// <summary>Reads the next member of an object or element of an array.</summary>
    /// <param name="inside">The remaining inside of the object or array; advanced.</param>
    /// <param name="hasNames">Whether it is an object.</param>
    /// <param name="name">The inside of the member's name; empty for an element.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if nothing is left.</returns>
    public static bool TryNext(
        ref ReadOnlySpan<byte> inside, bool hasNames, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        inside = inside.TrimStart(", \t\r\n"u8);
        if (inside.IsEmpty)
            return false;

        if (hasNames)
        {
            name = inside.Slice(1, StringLength(inside[1..]));
            inside = inside[(name.Length + 2)..].TrimStart(": \t\r\n"u8);
        }

        value = inside[..Length(inside)];
        inside = inside[value.Length..];
        return true;
    }

    /// <summary>Returns the inside of an object or array.</summary>
    /// <param name="value">The value with its brackets, perhaps surrounded by white space.</param>
    public static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> value)
    {
        value = value.Trim(WhiteSpace);
        return value.Length < 2 ? default : value[1..^1];
    }

    /// <summary>Upper bound of the number of values in a text, not counting names.</summary>
    public static int CountMax(ReadOnlySpan<byte> text) =>
        text.IsEmpty ? 0 : 1 + text.Count((byte)',') + text.Count((byte)'{') + text.Count((byte)'[');

    /// <summary>Parses and classifies a number.</summary>
    /// <param name="text">A JSON number.</param>
    /// <param name="whole">Its value if it is an integer that fits.</param>
    /// <param name="real">Its value otherwise.</param>
    public static NumberKind ReadNumber(ReadOnlySpan<byte> text, out long whole, out double real)
    {
        real = 0;
        if (Utf8Parser.TryParse(text, out whole, out var used) && used == text.Length && !text.SequenceEqual("-0"u8))
            return NumberKind.Whole;

        var isReal = Utf8Parser.TryParse(text, out real, out used) && used == text.Length && double.IsFinite(real);
        return isReal ? NumberKind.Real : NumberKind.TooLarge;
    }

    static int NestedLength(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        var at = 0;
        while (at < text.Length)
        {
            var found = text[at..].IndexOfAny("\"{}[]"u8);
            ScanSteps.Add((found < 0 ? text.Length - at : found) + 1);
            if (found < 0)
                break;

            at += found;
            if (text[at] == '"')
            {
                at += StringLength(text[(at + 1)..]) + 2;
                continue;
            }

            depth += text[at] is (byte)'{' or (byte)'[' ? 1 : -1;
            at++;
            if (depth == 0)
                return at;
        }

        return text.Length;
    }
}
