namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>Classifies bytes for detectors. Pure.</summary>
internal static class TextBytes
{
    /// <summary>Whether the byte at an index is a digit.</summary>
    public static bool IsDigit(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length && char.IsAsciiDigit((char)text[at]);

    /// <summary>
    /// Whether the byte at an index is an ASCII letter, a digit, an underscore, or part of a character beyond ASCII. False outside of the
    /// text.
    /// </summary>
    public static bool IsWord(ReadOnlySpan<byte> text, int at) =>
        (uint)at < (uint)text.Length && (text[at] >= 0x80 || text[at] == '_' || char.IsAsciiLetterOrDigit((char)text[at]));

    /// <summary>Returns the index after the last consecutive byte of a set.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The first byte to examine.</param>
    /// <param name="others">The bytes of the set besides ASCII letters and digits.</param>
    public static int SkipLettersAnd(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> others)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || others.Contains(text[at])))
            at++;
        return at;
    }

    /// <summary>Finds a word of ASCII letters, ignoring case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lower">The word in lower case.</param>
    /// <param name="from">Where to start.</param>
    /// <returns>Its index. Negative: not found.</returns>
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

    /// <summary>Whether a text starts with a word of ASCII letters, ignoring case.</summary>
    public static bool StartsWithWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && System.Text.Ascii.EqualsIgnoreCase(text[..lower.Length], lower);
}
