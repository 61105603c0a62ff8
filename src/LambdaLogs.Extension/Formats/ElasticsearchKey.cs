using System.Text;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A member name in Elasticsearch and OpenSearch is a path of parts separated by dots. A document with an empty or blank part is rejected,
/// and so is a path that starts with the name of another member. Pure.
/// </summary>
/// Source: <see href="https://github.com/elastic/elasticsearch/pull/91328"/>
internal static class ElasticsearchKey
{
    /// <summary>Whether every part of a name is non-blank.</summary>
    /// <param name="key">The unescaped name.</param>
    public static bool IsValid(ReadOnlySpan<byte> key)
    {
        // Nearly all names are plain letters.
        if (!key.IsEmpty && key[0] is > (byte)' ' and < 0x80 and not (byte)'.' && key.IndexOf((byte)'.') < 0)
            return true;

        while (true)
        {
            var dot = key.IndexOf((byte)'.');
            if (IsBlank(dot < 0 ? key : key[..dot]))
                return false;

            if (dot < 0)
                return true;

            key = key[(dot + 1)..];
        }
    }

    /// <summary>Writes a name of one part: dots become underscores, and a blank name a single underscore.</summary>
    /// <param name="key">Any unescaped name.</param>
    /// <param name="writer">Receives the unescaped name.</param>
    public static void Write(scoped ReadOnlySpan<byte> key, ref SpanWriter writer)
    {
        if (IsBlank(key))
        {
            writer.Add("_"u8);
            return;
        }

        key.Replace(writer.Remaining, (byte)'.', (byte)'_');
        writer.Advance(key.Length);
    }

    /// <summary>The number of dots in a name.</summary>
    public static int Dots(ReadOnlySpan<byte> key) => key.Count((byte)'.');

    static bool IsBlank(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var used);
            // Java's definition of white space contains the information separators, and Unicode's contains characters that Java's does
            // not; both are treated as blank.
            if (!Rune.IsWhiteSpace(rune) && rune.Value is < 0x1C or > 0x1F)
                return false;

            text = text[used..];
        }

        return true;
    }
}
