using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Removes unnecessary escapes from the start of a line: <c>\u003c3\u003e</c> becomes <c>&lt;3&gt;</c>. Necessary escapes are written in
/// their short form. Pure.
/// </summary>
internal static class PrefixText
{
    const int EscapeLength = 6;

    /// <summary>Whether there is an unnecessary escape. Those of colours are necessary.</summary>
    public static bool HasEscapes(ReadOnlySpan<byte> head)
    {
        for (var at = head.IndexOf("\\u"u8); at >= 0;)
        {
            if (at + EscapeLength <= head.Length && !(head[at + 2] == '0' && head[at + 3] == '0' && head[at + 4] < '2'))
                return true;

            var next = head[(at + 2)..].IndexOf("\\u"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return false;
    }

    /// <summary>Writes the text without them.</summary>
    /// <param name="head">The inside of a JSON string, or its beginning.</param>
    /// <param name="destination">At least as long as the text.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> head, Span<byte> destination)
    {
        var written = 0;
        for (var at = 0; at < head.Length;)
            at += Step(head[at..], destination, ref written);
        return written;
    }

    /// <summary>Maps an index in the output of <see cref="Unescape"/> to the index in the original text.</summary>
    public static int Place(ReadOnlySpan<byte> head, int place)
    {
        Span<byte> ignored = stackalloc byte[16];
        var at = 0;
        for (var passed = 0; passed < place && at < head.Length;)
        {
            var written = 0;
            at += Step(head[at..], ignored, ref written);
            passed += written;
        }

        return at;
    }

    /// <returns>The number of bytes read.</returns>
    static int Step(ReadOnlySpan<byte> head, Span<byte> destination, ref int written)
    {
        var code = head.Length >= EscapeLength && head[0] == '\\' && head[1] == 'u' ? JsonText.HexNumber(head[2..]) : -1;
        if (code is '"' or '\\')
        {
            destination[written++] = (byte)'\\';
            destination[written++] = (byte)code;
            return EscapeLength;
        }

        if (code >= ' ' && Rune.TryCreate(code, out var rune))
        {
            written += rune.EncodeToUtf8(destination[written..]);
            return EscapeLength;
        }

        var length = code < 0 && head[0] == '\\' && head.Length > 1 ? 2 : code >= 0 ? EscapeLength : 1;
        head[..length].CopyTo(destination[written..]);
        written += length;
        return length;
    }
}
