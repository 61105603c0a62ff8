namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>The token behind <c>Bearer</c>; the word itself stays. A short word of letters behind it is no token but a sentence.</summary>
internal static class BearerTokens
{
    const int LettersMin = 24;
    const int MixedMin = 8;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, Spans found)
    {
        var word = "bearer"u8;
        for (var at = Bytes.IndexOfWord(text, word, 0); at >= 0; at = Bytes.IndexOfWord(text, word, at + word.Length))
        {
            var start = at + word.Length;
            while (start < text.Length && text[start] is (byte)' ' or (byte)'\t' or (byte)':')
                start++;

            // Source: RFC 6750, section 2.1.
            var end = Bytes.SkipLettersAnd(text, start, "-._~+/="u8);
            var token = text[start..end].TrimEnd((byte)'.');
            var isMixed = token.Length >= MixedMin && token.ContainsAnyInRange((byte)'0', (byte)'9');
            if (start > at + word.Length && !Bytes.IsWord(text, at - 1) && (isMixed || token.Length >= LettersMin))
                found.Add(start, start + token.Length);
        }
    }
}
