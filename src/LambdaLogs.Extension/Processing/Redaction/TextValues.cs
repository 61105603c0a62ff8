using LambdaLogs.Extension.Processing.Redaction.Detectors;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// Redacts values of named members of JSON that stands in a text: after other words, or as a text in JSON, to any depth. Looks for quoted
/// names with a colon only, so that it also works where the JSON is broken or cut off. Goes through the text once.
/// </summary>
/// <param name="keys">The members' names.</param>
/// <param name="mark">What stands in the place of their values.</param>
/// <param name="work">Counts the bytes that are looked at.</param>
internal sealed class TextValues(RedactKeys keys, RedactMark mark, WorkMeter work)
{
    /// <summary>Redacts the values.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="output">Gets the new text, where there is one.</param>
    /// <returns>False where there is nothing to redact.</returns>
    public bool TryRedact(ReadOnlySpan<byte> text, GrowingBytes output)
    {
        // Where broken JSON ends is not known: a path holds in all of the text behind the names it begins with.
        var open = 0UL;
        var copied = 0;
        work.Count(text.Length);
        for (var at = NextQuote(text, 0); at < text.Length && !work.IsSpent; at = NextQuote(text, at))
        {
            var depth = Quotes.Backslashes(text, copied, at);
            var value = ValueOf(text, at, depth, ref open);
            if (value < 0)
            {
                // The closing quote of one string may be the opening one of another in a text that is no JSON.
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

    /// <summary>Finds the value that belongs to a string, where that is a name whose value is redacted.</summary>
    /// <returns>Where it begins. Negative: there is none.</returns>
    int ValueOf(ReadOnlySpan<byte> text, int quote, int depth, ref ulong open)
    {
        if (!TryReadName(text, quote, depth, out var name, out var after))
            return -1;

        var isOwn = keys.Match(name, open, out var next, out var kind);
        var value = ValueAfter(text, after);
        if (value < 0)
            return isOwn ? ValueOfPair(text, after, depth) : -1;

        open |= next;
        // What is a string is left to the detectors, which know what part of it is the secret.
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

    /// <summary><c>"name":"password","value":"…"</c>: a pair whose name is a value itself.</summary>
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

    /// <summary>Writes the mark for a value, with its quotes.</summary>
    /// <returns>Where the value ends.</returns>
    int Redact(ReadOnlySpan<byte> text, int value, int depth, GrowingBytes output)
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

    /// <summary>Where the value begins behind a name's quote. Negative: no colon follows.</summary>
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

    static void AddQuote(int depth, GrowingBytes output)
    {
        for (var count = 0; count < depth; count++)
            output.Add((byte)'\\');
        output.Add((byte)'"');
    }
}
