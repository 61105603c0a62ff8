using LambdaLogs.Extension.Processing.Redaction.Detectors;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// Redacts the values of named members of JSON within text: after other words, or as nested JSON strings. Searches for quoted names
/// followed by a colon, so that it also works for truncated or invalid JSON. Scans the text once.
/// </summary>
/// <param name="keys">The names of the members.</param>
/// <param name="mark">Replaces the values.</param>
/// <param name="work">Counts the examined bytes.</param>
internal sealed class NamedValueRedactor(RedactKeys keys, RedactMark mark, WorkMeter work)
{
    /// <summary>Redacts the values.</summary>
    /// <param name="text">Unescaped text.</param>
    /// <param name="output">Receives the new text if anything is redacted.</param>
    /// <returns>False if nothing is redacted.</returns>
    public bool TryRedact(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        // The end of truncated JSON is not known: a path applies to all text after its first names.
        var open = 0UL;
        var copied = 0;
        work.Count(text.Length);
        for (var at = NextQuote(text, 0); at < text.Length && !work.IsSpent; at = NextQuote(text, at))
        {
            var depth = Quotes.Backslashes(text, copied, at);
            var value = ValueOf(text, at, depth, ref open);
            if (value < 0)
            {
                // In text that is not JSON, the closing quote of one string may be the opening quote of another.
                at++;
                continue;
            }

            output.Add(text[copied..value]);
            copied = Redact(text, value, depth, output);
            work.Count(copied - value);
            at = copied;
        }

        if (copied == 0)
            return false;

        output.Add(text[copied..]);
        return true;
    }

    static int NextQuote(ReadOnlySpan<byte> text, int from)
    {
        var quote = text[from..].IndexOf((byte)'"');
        return quote < 0 ? text.Length : from + quote;
    }

    /// <summary>Finds the value after a string, if that is a name whose value is redacted.</summary>
    /// <returns>Index of the value. Negative: none.</returns>
    int ValueOf(ReadOnlySpan<byte> text, int quote, int depth, ref ulong open)
    {
        if (!TryReadName(text, quote, depth, out var name, out var after))
            return -1;

        var isOwn = keys.Match(name, open, out var next, out var kind);
        var value = ValueAfter(text, after);
        if (value < 0)
            return isOwn ? ValueOfPair(text, after, depth) : -1;

        open |= next;
        // Strings are left to the detectors, which know which part of them is secret.
        return isOwn || (kind != SecretKind.None && text[value] is not ((byte)'"' or (byte)'\\')) ? value : -1;
    }

    /// <summary>Reads a string that is short enough for a name.</summary>
    bool TryReadName(ReadOnlySpan<byte> text, int quote, int depth, out ReadOnlySpan<byte> name, out int after)
    {
        var window = text[..Math.Min(text.Length, quote + 2 + MemberName.RawMax)];
        var end = Quotes.End(window, quote + 1, depth);
        work.Count(end - quote);
        after = end + 1;
        name = text[(quote + 1)..Math.Max(quote + 1, end - depth)];
        return end < window.Length;
    }

    /// <summary>A name-value pair: <c>"name":"password","value":"…"</c>.</summary>
    int ValueOfPair(ReadOnlySpan<byte> text, int after, int depth)
    {
        var quote = SkipSpaces(text, after);
        if (quote >= text.Length || text[quote] != ',')
            return -1;

        quote = SkipSpaces(text, quote + 1);
        while (quote < text.Length && text[quote] == '\\')
            quote++;
        if (quote >= text.Length || text[quote] != '"' || !TryReadName(text, quote, depth, out var name, out after))
            return -1;

        return PairNames.IsValue(name) ? ValueAfter(text, after) : -1;
    }

    /// <summary>Writes the mark for a value, including quotes.</summary>
    /// <returns>The end of the value.</returns>
    int Redact(ReadOnlySpan<byte> text, int value, int depth, ByteBuffer output)
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

    /// <summary>Returns the start of the value after a name's closing quote. Negative: no colon follows.</summary>
    int ValueAfter(ReadOnlySpan<byte> text, int at)
    {
        at = SkipSpaces(text, at);
        if (at >= text.Length || text[at] != ':')
            return -1;

        at = SkipSpaces(text, at + 1);
        return at < text.Length ? at : -1;
    }

    int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        var from = at;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            at++;
        work.Count(at - from);
        return at;
    }

    static int ValueEnd(ReadOnlySpan<byte> text, int start, int depth)
    {
        var quote = start;
        while (quote < text.Length && text[quote] == '\\')
            quote++;
        if (quote < text.Length && text[quote] == '"')
            return Math.Min(text.Length, Quotes.End(text, quote + 1, depth) + 1);
        if (text[start] is (byte)'{' or (byte)'[')
            return Quotes.BracketEnd(text, start, depth);

        var length = text[start..].IndexOfAny(",}] \t\r\n\"\\"u8);
        return length < 0 ? text.Length : start + length;
    }

    static void AddQuote(int depth, ByteBuffer output)
    {
        for (var count = 0; count < depth; count++)
            output.Add((byte)'\\');
        output.Add((byte)'"');
    }
}
