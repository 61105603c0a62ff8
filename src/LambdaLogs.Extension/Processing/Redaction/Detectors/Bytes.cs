namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>What detectors ask about bytes. Pure.</summary>
internal static class Bytes
{
    /// <summary>Whether a place is a digit.</summary>
    public static bool IsDigit(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length && char.IsAsciiDigit((char)text[at]);

    /// <summary>
    /// Whether a place is an ASCII letter, a digit, an underscore, or part of a letter beyond ASCII; outside of the text it is none.
    /// </summary>
    public static bool IsWord(ReadOnlySpan<byte> text, int at) =>
        (uint)at < (uint)text.Length && (text[at] >= 0x80 || text[at] == '_' || char.IsAsciiLetterOrDigit((char)text[at]));

    /// <summary>Behind the last of the bytes of a set, from a place on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The first byte to look at.</param>
    /// <param name="others">What is in the set besides ASCII letters and digits.</param>
    public static int SkipLettersAnd(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> others)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || others.Contains(text[at])))
            at++;
        return at;
    }

    /// <summary>Finds a word of ASCII letters, in any case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lower">The word in small letters.</param>
    /// <param name="from">Where to begin.</param>
    /// <returns>Where it is. Negative: nowhere.</returns>
    public static int IndexOfWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower, int from)
    {
        var upper = (byte)(lower[0] & ~0x20);
        while (true)
        {
            var next = text[from..].IndexOfAny(lower[0], upper);
            if (next < 0)
                return -1;

            from += next;
            if (StartsWithWord(text[from..], lower))
                return from;

            from++;
        }
    }

    /// <summary>Whether a text begins with a word of ASCII letters, in any case.</summary>
    public static bool StartsWithWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && System.Text.Ascii.EqualsIgnoreCase(text[..lower.Length], lower);
}
