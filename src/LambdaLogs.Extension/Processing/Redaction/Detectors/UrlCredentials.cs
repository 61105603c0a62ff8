namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>User name and password before the host of a URL. The rest of the URL is kept.</summary>
internal static class UrlCredentials
{
    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(2 * text.Length);
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOf("://"u8);
            if (next < 0)
                return;

            var start = at + next + 3;
            at = start;
            if (next == 0 || !TextBytes.IsWord(text, start - 4))
                continue;

            var rest = text[start..];
            var length = rest.IndexOfAny("/?# \t\r\n\"'<>\\,"u8);
            var authority = length < 0 ? rest : rest[..length];
            var credentials = authority.LastIndexOf((byte)'@');
            if (credentials > 0)
                found.Add(start, start + credentials);
            at = start + authority.Length;
        }
    }
}
