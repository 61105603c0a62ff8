namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// Finds the ends of quoted strings: in JSON no backslash precedes a quote, in JSON within JSON one does, in the next level three, and so
/// on; also the strings of programming languages. Pure.
/// </summary>
internal static class Quotes
{
    /// <summary>Returns the number of backslashes before an index.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the search ends.</param>
    /// <param name="at">The index.</param>
    public static int Backslashes(ReadOnlySpan<byte> text, int from, int at)
    {
        var before = text[from..at].LastIndexOfAnyExcept((byte)'\\');
        return at - from - 1 - before;
    }

    /// <summary>
    /// Finds the quote that ends a string: one with the same number of backslashes as the opening one, apart from escaped pairs.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Index after the opening quote.</param>
    /// <param name="depth">Number of backslashes before the opening quote.</param>
    /// <param name="quote">The quote character.</param>
    /// <returns>The length of the text if there is none.</returns>
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

    /// <summary>Returns the end of an object or array.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Index of its opening bracket.</param>
    /// <param name="depth">Number of backslashes before its quotes.</param>
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
