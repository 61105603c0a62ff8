namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// AWS access keys: key ids by prefix and length; secret keys and session tokens, which have no typical form, by their names.
/// </summary>
internal static class AwsKeys
{
    const int IdLength = 20;
    const int SecretLength = 40;
    const int TokenMin = 100;

    // Quotes, backslashes, spaces and punctuation between a name and its value.
    const int BetweenMax = 12;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        FindIds(text, found, work);
        FindAfter("secret"u8, text, found, work);
        FindAfter("session"u8, text, found, work);
        FindAfter("security"u8, text, found, work);
    }

    static void FindIds(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(text.Length);
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOf((byte)'A');
            if (next < 0)
                return;

            var start = at + next;
            at = start + 1;
            var rest = text[start..];
            var isId = rest.StartsWith("AKIA"u8) || rest.StartsWith("ASIA"u8) || rest.StartsWith("ABIA"u8) || rest.StartsWith("ACCA"u8);
            if (!isId || TextBytes.IsWord(text, start - 1))
                continue;

            at = start;
            work.Count(IdLength);
            while (at < text.Length && (char.IsAsciiLetterUpper((char)text[at]) || TextBytes.IsDigit(text, at)))
                at++;
            if (at - start == IdLength && !TextBytes.IsWord(text, at))
                found.Add(start, at);
        }
    }

    static void FindAfter(ReadOnlySpan<byte> word, ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        var run = default(CharacterRun);
        work.Count(text.Length);
        for (var at = TextBytes.IndexOfWord(text, word, 0); at >= 0; at = TextBytes.IndexOfWord(text, word, at + word.Length))
        {
            var isSecret = word.SequenceEqual("secret"u8);
            work.Count(BetweenMax);
            var name = Skip(text, at + word.Length, isSecret ? "access"u8 : "token"u8);
            if (isSecret && name > 0)
                name = Skip(text, name, "key"u8);
            if (name == 0)
                continue;

            var start = ValueStart(text, name);
            var end = run.EndFrom(text, start, "+/="u8, work);
            if (isSecret ? end - start == SecretLength : end - start >= TokenMin)
                found.Add(start, end);
        }
    }

    /// <returns>The index after the word and the separator before it; zero if it does not follow.</returns>
    static int Skip(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word)
    {
        if (at < text.Length && text[at] is (byte)'_' or (byte)'-' or (byte)' ')
            at++;
        return at <= text.Length && TextBytes.StartsWithWord(text[at..], word) ? at + word.Length : 0;
    }

    static int ValueStart(ReadOnlySpan<byte> text, int at)
    {
        var last = Math.Min(text.Length, at + BetweenMax);
        while (at < last && " \t\r\n\"'\\:=>"u8.Contains(text[at]))
            at++;
        return at;
    }
}
