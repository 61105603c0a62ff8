namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// Strings in quotes: those of JSON, where a quote has no backslash before it, one in JSON that is a text in JSON, three in that, …; and
/// those of programs. Pure.
/// </summary>
internal static class Quotes
{
    /// <summary>How many backslashes stand right before an index.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to stop looking.</param>
    /// <param name="at">The index.</param>
    public static int Backslashes(ReadOnlySpan<byte> text, int from, int at)
    {
        var before = text[from..at].LastIndexOfAnyExcept((byte)'\\');
        return at - from - 1 - before;
    }

    /// <summary>The quote that ends a string: one with as many backslashes as its first, and any number of pairs of such.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Index after the first quote.</param>
    /// <param name="depth">How many backslashes stand before the first quote.</param>
    /// <param name="quote">The quote.</param>
    /// <returns>The text's length where there is none.</returns>
    public static int End(ReadOnlySpan<byte> text, int from, int depth, byte quote = (byte)'"')
    {
        for (var at = from; at < text.Length; at++)
        {
            var length = text[at..].IndexOf(quote);
            if (length < 0)
                break;

            var backslashes = Backslashes(text, at, at + length);
            at += length;
            if (backslashes >= depth && (backslashes - depth) % (2 * (depth + 1)) == 0)
                return at;
        }

        return text.Length;
    }

    /// <summary>Where an object or array ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Its opening bracket.</param>
    /// <param name="depth">How many backslashes stand before its quotes.</param>
    public static int BracketEnd(ReadOnlySpan<byte> text, int start, int depth)
    {
        var open = 0;
        for (var at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    at = End(text, at + 1, depth);
                    break;
                case (byte)'{' or (byte)'[':
                    open++;
                    break;
                case (byte)'}' or (byte)']' when --open == 0:
                    return at + 1;
            }
        }

        return text.Length;
    }
}
