using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Recognises text without visible characters. Pure.</summary>
internal static class BlankText
{
    /// <summary>Whether a text is empty or white space only, including Unicode white space.</summary>
    /// <param name="raw">The inside of a JSON string.</param>
    public static bool IsBlank(ReadOnlySpan<byte> raw)
    {
        Span<byte> plain = stackalloc byte[8];
        while (!raw.IsEmpty)
        {
            // Nearly all texts return here.
            if (raw[0] is > (byte)' ' and < 0x7F and not (byte)'\\')
                return false;

            Rune rune;
            var used = raw[0] == '\\' ? (raw.Length >= 6 && raw[1] == 'u' ? 6 : Math.Min(2, raw.Length)) : 0;
            if (used > 0)
                Rune.DecodeFromUtf8(plain[..JsonText.Unescape(raw[..used], plain)], out rune, out _);
            else
                Rune.DecodeFromUtf8(raw, out rune, out used);
            if (rune.Value > ' ' && !Rune.IsWhiteSpace(rune))
                return false;

            raw = raw[used..];
        }

        return true;
    }
}
