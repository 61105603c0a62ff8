using System.Text;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>The canonical form of a request, which is what Signature Version 4 signs. Immutable.</summary>
internal sealed class CanonicalRequest
{
    /// <summary>Builds the canonical form.</summary>
    /// <param name="method">The HTTP method in capitals.</param>
    /// <param name="path">The path in its canonical form.</param>
    /// <param name="query">The query as it is sent, without its question mark.</param>
    /// <param name="headers">The headers to sign, in any order and case. <c>Host</c> must be among them.</param>
    /// <param name="bodyHash">See <see cref="SigV4.HashOf"/>.</param>
    public CanonicalRequest(string method, string path, string query, IEnumerable<(string Name, string Value)> headers, string bodyHash)
    {
        var names = new StringBuilder();
        var text = new StringBuilder()
            .Append(method).Append('\n')
            .Append(path).Append('\n')
            .Append(CanonicalUrl.Query(query)).Append('\n');
        foreach (var (name, value) in Merged(headers))
        {
            text.Append(name).Append(':').Append(value).Append('\n');
            names.Append(names.Length > 0 ? ";" : "").Append(name);
        }

        SignedHeaders = names.ToString();
        Text = text.Append('\n').Append(names).Append('\n').Append(bodyHash).ToString();
    }

    /// <summary>The canonical form; its hash is signed.</summary>
    public string Text { get; }

    /// <summary>The names of the signed headers, for example <c>host;x-amz-date</c>.</summary>
    public string SignedHeaders { get; }

    // Sorted by lower-case name; values of the same name are joined in their order.
    static SortedList<string, string> Merged(IEnumerable<(string Name, string Value)> headers)
    {
        var merged = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            var key = name.ToLowerInvariant();
            merged[key] = merged.TryGetValue(key, out var before) ? $"{before},{Trimmed(value)}" : Trimmed(value);
        }

        return merged;
    }

    // Without white space at both ends; sequences of spaces become one.
    static string Trimmed(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var character in value.Trim())
        {
            if (character != ' ' || text[^1] != ' ')
                text.Append(character);
        }

        return text.ToString();
    }
}
