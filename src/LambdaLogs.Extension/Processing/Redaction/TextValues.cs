namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// Hides values of named members of JSON that stands in a text: behind other words, or as text in JSON, to any depth. Looks for quoted
/// names with a colon only, so that it also works where the JSON is broken or cut off. Goes through the text once.
/// </summary>
internal static class TextValues
{
    /// <summary>Hides the values.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="keys">The members' names.</param>
    /// <param name="mark">What stands in their place.</param>
    /// <param name="output">Gets the new text, where there is one.</param>
    /// <returns>False where there is nothing to hide.</returns>
    public static bool TryHide(ReadOnlySpan<byte> text, RedactKeys keys, RedactMark mark, GrowingBytes output)
    {
        var copied = 0;
        for (var at = NextQuote(text, 0); at < text.Length; at = NextQuote(text, at))
        {
            var depth = Backslashes(text, at);
            var end = StringEnd(text, at + 1, depth);
            var name = text[(at + 1)..Math.Max(at + 1, end - depth)];
            var value = end < text.Length ? ValueAfter(text, end + 1) : -1;
            if (value < 0 || !keys.Contains(name))
            {
                // The closing quote of one string may be the opening one of another in a text that is no JSON: go on behind the first.
                at++;
                continue;
            }

            output.Add(text[copied..value]);
            copied = Hide(text, value, depth, mark, output);
            at = copied;
        }

        if (copied == 0)
            return false;

        output.Add(text[copied..]);
        return true;
    }

    /// <summary>Writes the mark for a value, with its quotes.</summary>
    /// <returns>Where the value ends.</returns>
    static int Hide(ReadOnlySpan<byte> text, int value, int depth, RedactMark mark, GrowingBytes output)
    {
        var end = ValueEnd(text, value, depth);
        var hidden = text[value..end];
        var isString = depth < hidden.Length && hidden[depth] == '"';
        if (isString)
            hidden = hidden[(depth + 1)..Math.Max(depth + 1, hidden.Length - depth - 1)];

        AddQuote(depth, output);
        mark.Write(hidden, output);
        AddQuote(depth, output);
        return end;
    }

    static int NextQuote(ReadOnlySpan<byte> text, int from)
    {
        var quote = text[from..].IndexOf((byte)'"');
        return quote < 0 ? text.Length : from + quote;
    }

    /// <summary>
    /// How many backslashes stand right before a place: none in JSON, one in JSON that is a text in JSON, three in that, …
    /// </summary>
    static int Backslashes(ReadOnlySpan<byte> text, int at) => at - 1 - text[..at].LastIndexOfAnyExcept((byte)'\\');

    /// <summary>The quote that ends a string: one with as many backslashes as its first, and any number of pairs of such.</summary>
    static int StringEnd(ReadOnlySpan<byte> text, int from, int depth)
    {
        for (var at = NextQuote(text, from); at < text.Length; at = NextQuote(text, at + 1))
        {
            var backslashes = Math.Min(Backslashes(text, at), at - from);
            if (backslashes >= depth && (backslashes - depth) % (2 * (depth + 1)) == 0)
                return at;
        }

        return text.Length;
    }

    /// <summary>Where the value begins behind a name's quote. Negative: no colon follows.</summary>
    static int ValueAfter(ReadOnlySpan<byte> text, int at)
    {
        at = SkipSpaces(text, at);
        if (at >= text.Length || text[at] != ':')
            return -1;

        at = SkipSpaces(text, at + 1);
        return at < text.Length ? at : -1;
    }

    static int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            at++;
        return at;
    }

    static int ValueEnd(ReadOnlySpan<byte> text, int start, int depth)
    {
        var quote = start;
        while (quote < text.Length && text[quote] == '\\')
            quote++;
        if (quote < text.Length && text[quote] == '"')
            return Math.Min(text.Length, StringEnd(text, quote + 1, depth) + 1);
        if (text[start] is (byte)'{' or (byte)'[')
            return BracketEnd(text, start, depth);

        var length = text[start..].IndexOfAny(",}] \t\r\n\"\\"u8);
        return length < 0 ? text.Length : start + length;
    }

    static int BracketEnd(ReadOnlySpan<byte> text, int start, int depth)
    {
        var open = 0;
        for (var at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    at = StringEnd(text, at + 1, depth);
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

    static void AddQuote(int depth, GrowingBytes output)
    {
        for (var count = 0; count < depth; count++)
            output.Add((byte)'\\');
        output.Add((byte)'"');
    }
}
