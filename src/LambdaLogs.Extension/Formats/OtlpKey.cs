using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A key in OpenTelemetry, which is never empty. Loki rejects a whole request for an attribute name without an ASCII letter or digit, and
/// VictoriaLogs drops a record with a name of more than 128 bytes, so attributes have no such names. Pure.
/// </summary>
/// Source: <see href="https://opentelemetry.io/docs/specs/otel/common/#attribute"/>
internal static class OtlpKey
{
    /// <summary>Longest name of an attribute in bytes.</summary>
    public const int SizeMax = 128;

    /// <summary>How much a key may grow.</summary>
    public const int GrowthMax = CodePointsMax * CodePointSize;

    const int CodePointsMax = 8;
    const int CodePointSize = 8;
    const int HashSize = 17;

    static ReadOnlySpan<byte> Empty => "empty"u8;

    /// <summary>Whether a key can stay unchanged.</summary>
    /// <param name="key">The unescaped key.</param>
    /// <param name="isAttribute">Whether it is a top-level attribute of the record.</param>
    public static bool IsValid(ReadOnlySpan<byte> key, bool isAttribute) =>
        isAttribute ? key.Length <= SizeMax && HasLetter(key) : key.Length > 0;

    /// <summary>
    /// Writes a replacement: to a key without letters the code points of its characters are appended; a long key is truncated and ends
    /// with its checksum.
    /// </summary>
    /// <param name="key">An unescaped key that is not valid.</param>
    /// <param name="writer">Receives the unescaped key.</param>
    public static void Write(scoped ReadOnlySpan<byte> key, ref SpanWriter writer)
    {
        if (key.IsEmpty)
        {
            writer.Add(Empty);
            return;
        }

        if (key.Length > SizeMax - GrowthMax)
        {
            var kept = SizeMax - HashSize;
            while (kept > 0 && kept < key.Length && (key[kept] & 0xC0) == 0x80)
                kept--;
            writer.Add(key[..Math.Min(kept, key.Length)]);
            writer.Add("_"u8);
            Utf8Formatter.TryFormat(NameSet.Hash(0, key), writer.Remaining, out var digits, new StandardFormat('x', 16));
            writer.Advance(digits);
            return;
        }

        writer.Add(key);
        for (var count = 0; !key.IsEmpty && count < CodePointsMax; count++)
        {
            Rune.DecodeFromUtf8(key, out var rune, out var used);
            writer.Add("_u"u8);
            Utf8Formatter.TryFormat(rune.Value, writer.Remaining, out var digits, new StandardFormat('x', 4));
            writer.Advance(digits);
            key = key[used..];
        }
    }

    static bool HasLetter(ReadOnlySpan<byte> key)
    {
        foreach (var letter in key)
        {
            if (char.IsAsciiLetterOrDigit((char)letter))
                return true;
        }

        return false;
    }
}
