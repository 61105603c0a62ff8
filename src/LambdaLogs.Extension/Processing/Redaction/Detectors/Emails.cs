namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>Email addresses: a name, <c>@</c>, and a domain of at least two parts that ends in letters.</summary>
internal static class Emails
{
    const int NameMax = 64;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        var from = 0;
        work.Count(2 * text.Length);
        for (var at = text.IndexOf((byte)'@'); at >= 0;)
        {
            var start = at;
            while (start > Math.Max(from, at - NameMax) && IsName(text[start - 1]))
                start--;
            while (start < at && text[start] is (byte)'.' or (byte)'-' or (byte)'\'')
                start++;

            var end = DomainEnd(text, at + 1);
            work.Count(NameMax);
            if (start < at && end > 0)
                found.Add(start, end);
            from = Math.Max(at + 1, end);
            var next = text[from..].IndexOf((byte)'@');
            at = next < 0 ? -1 : from + next;
        }
    }

    /// <returns>The index after the domain; zero if there is none.</returns>
    static int DomainEnd(ReadOnlySpan<byte> text, int start)
    {
        var end = start;
        while (end < text.Length && (TextBytes.IsWord(text, end) || text[end] is (byte)'.' or (byte)'-') && text[end] != '_')
            end++;
        while (end > start && text[end - 1] is (byte)'.' or (byte)'-')
            end--;

        var domain = text[start..end];
        var dot = domain.LastIndexOf((byte)'.');
        var last = domain[(dot + 1)..];
        return dot > 0 && last.Length >= 2 && !last.ContainsAnyInRange((byte)'0', (byte)'9') ? end : 0;
    }

    static bool IsName(byte value) =>
        value >= 0x80 || char.IsAsciiLetterOrDigit((char)value) || "._%+-'"u8.Contains(value);
}
