using System.Text;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A name of a member as Elasticsearch and OpenSearch read it: a path, whose parts stand between dots. A part without anything but white
/// space refuses the document, and so does a path of which another member is the beginning. Pure.
/// </summary>
/// Source: <see href="https://github.com/elastic/elasticsearch/pull/91328"/>
internal static class ElasticsearchKey
{
    /// <summary>Whether every part of a name has something in it.</summary>
    /// <param name="key">The name, decoded.</param>
    public static bool IsFit(ReadOnlySpan<byte> key)
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

    /// <summary>Writes a name of one part: with underscores for its dots, and alone where nothing but white space is in it.</summary>
    /// <param name="key">Any name, decoded.</param>
    /// <param name="writer">Where to write; the name is decoded.</param>
    public static void Write(scoped ReadOnlySpan<byte> key, ref SpanWriter writer)
    {
        if (IsBlank(key))
        {
            writer.Add("_"u8);
            return;
        }

        key.Replace(writer.Rest, (byte)'.', (byte)'_');
        writer.Skip(key.Length);
    }

    /// <summary>How many dots a name has.</summary>
    public static int Dots(ReadOnlySpan<byte> key) => key.Count((byte)'.');

    static bool IsBlank(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var used);
            // Java's white space has the separators of information too, and Unicode's has what Java's does not: neither is told apart here.
            if (!Rune.IsWhiteSpace(rune) && rune.Value is < 0x1C or > 0x1F)
                return false;

            text = text[used..];
        }

        return true;
    }
}
