using System.Globalization;

namespace LambdaLogs.Emulator.Destination;

/// <summary>The first lines of a request.</summary>
/// <param name="Method">In capitals, as sent.</param>
/// <param name="Target">Path and query, as sent.</param>
/// <param name="Headers">In order, as sent.</param>
public sealed record RequestHead(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>The first header of that name, whatever its case. Null where there is none.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Null where the body is chunked or absent.</summary>
    public long? ContentLength =>
        long.TryParse(Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    public bool IsChunked => Header("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) ?? false;

    public bool ExpectsContinue => "100-continue".Equals(Header("Expect"), StringComparison.OrdinalIgnoreCase);

    public bool WantsClose => "close".Equals(Header("Connection"), StringComparison.OrdinalIgnoreCase);
}
