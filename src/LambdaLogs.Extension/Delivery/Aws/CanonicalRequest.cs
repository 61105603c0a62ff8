using System.Text;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>A request in the one form that both sides of a signature agree on. Built once; never changes.</summary>
internal sealed class CanonicalRequest
{
    /// <summary>Builds the form.</summary>
    /// <param name="method">In capitals.</param>
    /// <param name="path">The path as it is sent.</param>
    /// <param name="query">The query as it is sent, without its question mark.</param>
    /// <param name="headers">Those that are signed, in any order and case; <c>Host</c> has to be among them.</param>
    /// <param name="bodyHash">See <see cref="SigV4.HashOf"/>.</param>
    public CanonicalRequest(string method, string path, string query, IEnumerable<(string Name, string Value)> headers, string bodyHash)
    {
        var names = new StringBuilder();
        var text = new StringBuilder()
            .Append(method).Append('\n')
            .Append(CanonicalUrl.Path(path)).Append('\n')
            .Append(CanonicalUrl.Query(query)).Append('\n');
        foreach (var (name, value) in Merged(headers))
        {
            text.Append(name).Append(':').Append(value).Append('\n');
            names.Append(names.Length > 0 ? ";" : "").Append(name);
        }

        SignedHeaders = names.ToString();
        Text = text.Append('\n').Append(names).Append('\n').Append(bodyHash).ToString();
    }

    /// <summary>The form, whose hash is signed.</summary>
    public string Text { get; }

    /// <summary>The names of the signed headers, for example <c>host;x-amz-date</c>.</summary>
    public string SignedHeaders { get; }

    // By name in small letters; values of the same name follow each other in their order.
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

    // Without spaces at its ends, and one where there were several.
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
