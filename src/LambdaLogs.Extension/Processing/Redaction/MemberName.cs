using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Normalizes the names of JSON members for comparison: unescaped, at any nesting, and without case. Pure.</summary>
internal static class MemberName
{
    /// <summary>Longest raw name that is compared.</summary>
    public const int RawMax = 1024;

    // In JSON within JSON, escapes are escaped again.
    const int EscapedMax = 4;

    /// <summary>Returns the normalized form of a name.</summary>
    public static byte[] Of(string name)
    {
        var plain = Encoding.UTF8.GetBytes(name);
        var folded = new byte[FoldedMax(plain.Length)];
        return folded[..Fold(plain, folded)];
    }

    /// <summary>Largest length after <see cref="Fold"/>.</summary>
    public static int FoldedMax(int length) => 2 * length;

    /// <summary>Converts all letters to one case.</summary>
    /// <param name="plain">UTF-8.</param>
    /// <param name="folded">At least <see cref="FoldedMax"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Fold(ReadOnlySpan<byte> plain, Span<byte> folded)
    {
        var written = 0;
        while (!plain.IsEmpty)
        {
            if (plain[0] < 0x80)
            {
                folded[written++] = plain[0] is >= (byte)'A' and <= (byte)'Z' ? (byte)(plain[0] | 0x20) : plain[0];
                plain = plain[1..];
                continue;
            }

            if (Rune.DecodeFromUtf8(plain, out var rune, out var used) == System.Buffers.OperationStatus.Done)
                written += Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).EncodeToUtf8(folded[written..]);
            else
                folded[written++] = plain[0];
            plain = plain[used..];
        }

        return written;
    }

    /// <summary>Removes escapes, including nested ones. Invalid escapes stay.</summary>
    /// <param name="name">At most <see cref="RawMax"/> bytes; modified in place.</param>
    /// <returns>Its new length.</returns>
    public static int Unescape(Span<byte> name)
    {
        var length = name.Length;
        for (var time = 0; time < EscapedMax && name[..length].Contains((byte)'\\'); time++)
        {
            var shorter = UnescapeOnce(name[..length]);
            if (shorter == length)
                return length;

            length = shorter;
        }

        return length;
    }

    static int UnescapeOnce(Span<byte> name)
    {
        var written = 0;
        for (var at = 0; at < name.Length;)
        {
            var rest = name[at..];
            if (rest[0] != '\\' || rest.Length < 2)
            {
                name[written++] = name[at++];
                continue;
            }

            var isLone = false;
            var length = rest[1] == 'u' ? JsonTokens.EscapeLength(rest, out isLone) : 2;
            if (length < 0 || isLone)
            {
                name[written++] = name[at++];
                continue;
            }

            // Unescaping never makes text longer.
            at += length;
            written += JsonText.Unescape(rest[..length], name[written..]);
        }

        return written;
    }
}
