namespace LambdaLogs.Extension.Records;

/// <summary>
/// Where the inside of a JSON string may be cut: never within a character, an escape or a pair of surrogate escapes. Pure.
/// </summary>
internal static class JsonBorder
{
    /// <summary>The last border between two characters that is not behind a place.</summary>
    /// <param name="text">The inside of a valid JSON string.</param>
    /// <param name="at">The place, from zero to the text's end.</param>
    public static int Before(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && at < text.Length && (text[at] & 0xC0) == 0x80)
            at--;

        // An escape is at most six bytes long; a pair of surrogates is two of them.
        at = EscapeBorder(text, at);
        var isPair = at >= 6 && IsSurrogate(text[at..], low: true) && IsSurrogate(text[(at - 6)..], low: false);
        return isPair ? EscapeBorder(text, at - 6) : at;
    }

    /// <summary>The place itself, or the beginning of the escape it is in.</summary>
    static int EscapeBorder(ReadOnlySpan<byte> text, int at)
    {
        var slash = text[..at].LastIndexOf((byte)'\\');
        if (slash < 0 || slash < at - 5)
            return at;

        // Only the first of two backslashes begins an escape: an even number before it leaves this one to begin its own.
        var first = text[..slash].LastIndexOfAnyExcept((byte)'\\') + 1;
        var begins = slash - (slash - first) % 2;
        var length = text[begins + 1] == 'u' ? 6 : 2;
        return begins + length > at ? begins : at;
    }

    static bool IsSurrogate(ReadOnlySpan<byte> text, bool low)
    {
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u' || (text[2] | 0x20) != 'd')
            return false;

        var third = text[3] | 0x20;
        var isLow = third is >= 'c' and <= 'f';
        return low ? isLow : third is '8' or '9' or 'a' or 'b';
    }
}
