namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>IPv4 addresses: four numbers up to 255. A version of four numbers looks the same and is redacted as well.</summary>
internal static class Ipv4Addresses
{
    const int LengthMax = 16;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(text.Length);
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOfAnyInRange((byte)'0', (byte)'9');
            if (next < 0)
                return;

            var start = at + next;
            var isPart = TextBytes.IsWord(text, start - 1) || (start > 0 && text[start - 1] == '.');
            var end = isPart ? 0 : EndOf(text, start);
            work.Count(LengthMax);
            if (end > 0 && !TextBytes.IsWord(text, end) && !IsMore(text, end))
                found.Add(start, end);
            at = Math.Max(start + 1, end);
            while (TextBytes.IsDigit(text, at))
                at++;
        }
    }

    /// <returns>The index after the address that starts here; zero if there is none.</returns>
    public static int EndOf(ReadOnlySpan<byte> text, int at)
    {
        for (var part = 0; ; part++)
        {
            var number = 0;
            var start = at;
            for (; TextBytes.IsDigit(text, at) && at - start < 4; at++)
                number = (number * 10) + text[at] - '0';
            if (at == start || at - start > 3 || number > 255)
                return 0;
            if (part == 3)
                return at;
            if (at >= text.Length || text[at++] != '.')
                return 0;
        }
    }

    /// <summary>Whether a fifth number or a word follows: then it is a version or an object id.</summary>
    static bool IsMore(ReadOnlySpan<byte> text, int end) =>
        end < text.Length && text[end] is (byte)'.' or (byte)'-' && TextBytes.IsWord(text, end + 1);
}
