namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>JSON Web Tokens: base64url parts separated by dots, the first of which is a JSON object.</summary>
internal static class WebTokens
{
    const int PartMin = 8;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(text.Length);
        for (var at = 0; ;)
        {
            // {" in base64.
            var next = text[at..].IndexOf("eyJ"u8);
            if (next < 0)
                return;

            var start = at + next;
            var header = PartEnd(text, start);
            var payload = IsPoint(text, header) ? PartEnd(text, header + 1) : 0;
            at = Math.Max(start + 3, header);
            work.Count(Math.Max(header, payload) - start);
            var isPart = TextBytes.IsWord(text, start - 1) || (start > 0 && text[start - 1] is (byte)'.' or (byte)'-');
            if (isPart || header - start < PartMin || payload - header <= PartMin)
                continue;

            at = payload;
            work.Count(2);
            while (IsPoint(text, at) && PartEnd(text, at + 1) > at + 1)
                at = PartEnd(text, at + 1);
            found.Add(start, at);
        }
    }

    static bool IsPoint(ReadOnlySpan<byte> text, int at) => at < text.Length && text[at] == '.';

    static int PartEnd(ReadOnlySpan<byte> text, int at) => TextBytes.SkipLettersAnd(text, at, "-_"u8);
}
