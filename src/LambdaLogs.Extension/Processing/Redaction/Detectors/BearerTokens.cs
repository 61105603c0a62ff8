namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// The token after <c>Bearer</c>; the word itself stays. A short word of letters after it is part of a sentence, not a token.
/// </summary>
internal static class BearerTokens
{
    const int LettersMin = 24;
    const int MixedMin = 8;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        var word = "bearer"u8;
        var run = default(CharacterRun);
        work.Count(text.Length);
        for (var at = TextBytes.IndexOfWord(text, word, 0); at >= 0; at = TextBytes.IndexOfWord(text, word, at + word.Length))
        {
            var start = at + word.Length;
            while (start < text.Length && text[start] is (byte)' ' or (byte)'\t' or (byte)':')
                start++;
            work.Count(start - at);

            // Source: RFC 6750, section 2.1.
            var end = run.EndFrom(text, start, "-._~+/="u8, work);
            if (start == at + word.Length || TextBytes.IsWord(text, at - 1))
                continue;

            var token = text[start..end].TrimEnd((byte)'.');
            var isMixed = token.Length is >= MixedMin and < LettersMin && token.ContainsAnyInRange((byte)'0', (byte)'9');
            if (!isMixed && token.Length < LettersMin)
                continue;

            found.Add(start, start + token.Length);
            at = start + token.Length - word.Length;
        }
    }
}
