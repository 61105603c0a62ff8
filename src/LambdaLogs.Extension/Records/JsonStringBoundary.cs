namespace LambdaLogs.Extension.Records;

/// <summary>
/// Finds positions at which the inside of a JSON string may be cut: never within a character, an escape or a pair of surrogate escapes.
/// Pure.
/// </summary>
internal static class JsonStringBoundary
{
    /// <summary>Returns the last character boundary at or before an index.</summary>
    /// <param name="text">The inside of a valid JSON string.</param>
    /// <param name="at">The index, from zero to the text's length.</param>
    public static int AtOrBefore(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && at < text.Length && (text[at] & 0xC0) == 0x80)
            at--;

        // An escape has at most six bytes, and a surrogate pair two escapes.
        at = EscapeStart(text, at);
        var isPair = at >= 6 && IsSurrogate(text[at..], low: true) && IsSurrogate(text[(at - 6)..], low: false);
        return isPair ? EscapeStart(text, at - 6) : at;
    }

    /// <summary>Returns the index itself, or the start of the escape that contains it.</summary>
    static int EscapeStart(ReadOnlySpan<byte> text, int at)
    {
        var slash = text[..at].LastIndexOf((byte)'\\');
        ScanSteps.Add(at - Math.Max(slash, 0));
        if (slash < 0 || slash < at - 5)
            return at;

        // Of two backslashes only the first starts an escape: an even number before this one means that it starts its own.
        var first = text[..slash].LastIndexOfAnyExcept((byte)'\\') + 1;
        ScanSteps.Add(slash - first);
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
