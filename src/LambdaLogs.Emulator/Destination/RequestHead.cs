using System.Globalization;

namespace LambdaLogs.Emulator.Destination;

/// <summary>The request line and the headers.</summary>
/// <param name="Method">The method as received.</param>
/// <param name="Target">Path and query as received.</param>
/// <param name="Headers">The headers as received, in order.</param>
public sealed record RequestHead(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>The first header with that name, ignoring case. Null if there is none.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The body's length. Null if the body is chunked or absent.</summary>
    public long? ContentLength =>
        long.TryParse(Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    public bool IsChunked => Header("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) ?? false;

    public bool ExpectsContinue => "100-continue".Equals(Header("Expect"), StringComparison.OrdinalIgnoreCase);

    public bool WantsClose => "close".Equals(Header("Connection"), StringComparison.OrdinalIgnoreCase);
}
