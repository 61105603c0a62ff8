using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace LambdaLogs.Extension.Formats;

/// <summary>Names of GELF's additional fields, which consist of ASCII letters, digits, <c>_</c>, <c>.</c> and <c>-</c>. Pure.</summary>
/// Source: <see href="https://go2docs.graylog.org/current/getting_in_log_data/gelf.html"/>
internal static class GelfKey
{
    /// <summary>Most output bytes for a byte of a name: <c>u1f680</c> for four.</summary>
    public const int GrowthMax = 3;

    /// <summary>Whether Graylog reserves a name and ignores it in messages.</summary>
    /// <param name="name">The name without GELF's leading underscore.</param>
    public static bool IsReserved(ReadOnlySpan<byte> name) => name.StartsWith("gl2_"u8) || name.Length switch
    {
        2 => name.SequenceEqual("id"u8),
        3 => name.SequenceEqual("_id"u8),
        4 => name.SequenceEqual("host"u8) || name.SequenceEqual("file"u8) || name.SequenceEqual("line"u8) || name.SequenceEqual("_ttl"u8)
            || name.SequenceEqual("_all"u8),
        5 => name.SequenceEqual("level"u8) || name.SequenceEqual("_type"u8),
        6 => name.SequenceEqual("source"u8) || name.SequenceEqual("_index"u8) || name.SequenceEqual("_score"u8),
        7 => name.SequenceEqual("message"u8) || name.SequenceEqual("version"u8) || name.SequenceEqual("streams"u8)
            || name.SequenceEqual("_source"u8),
        8 => name.SequenceEqual("facility"u8),
        9 => name.SequenceEqual("timestamp"u8),
        12 => name.SequenceEqual("full_message"u8),
        13 => name.SequenceEqual("short_message"u8),
        _ => false,
    };

    /// <summary>Appends a part to a path: characters beyond ASCII become their code point, other invalid ones an underscore.</summary>
    /// <param name="name">The unescaped part.</param>
    /// <param name="path">The path, with space for its closing quote.</param>
    /// <param name="length">Length of the path.</param>
    /// <returns>The new length.</returns>
    public static int Append(ReadOnlySpan<byte> name, Span<byte> path, int length)
    {
        while (!name.IsEmpty)
        {
            Rune.DecodeFromUtf8(name, out var rune, out var used);
            name = name[used..];

            // The last byte is for the closing quote.
            if (path.Length - 1 - length < (rune.IsAscii ? 1 : 7))
                break;

            if (rune.IsAscii)
            {
                var letter = (byte)rune.Value;
                var isAllowed = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'.' or (byte)'-';
                path[length++] = isAllowed ? letter : (byte)'_';
                continue;
            }

            path[length++] = (byte)'u';
            Utf8Formatter.TryFormat(rune.Value, path[length..], out var digits, new StandardFormat('x', 4));
            length += digits;
        }

        return length;
    }
}
