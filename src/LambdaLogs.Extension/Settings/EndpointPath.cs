using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Adds the path to an endpoint without one, if all destinations of the format have the same. Runs in every cold start, so it does not use
/// the framework's parser.
/// </summary>
internal static class EndpointPath
{
    const string Bulk = "/_bulk";

    // Requests only the results of documents from Elasticsearch: otherwise the response is as long as the request.
    const string BulkFilter = "filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";

    /// <summary>Completes an endpoint for a format.</summary>
    /// <param name="url">A valid URL.</param>
    /// <param name="kind">The format.</param>
    /// <param name="added">The path that was added. Null: none.</param>
    public static string Complete(string url, FormatKind kind, out string? added)
    {
        added = null;
        if (FormatTraits.Of(kind).StandardPath is not { } path)
            return url;

        var (start, end) = Find(url);
        if (end - start <= 1)
        {
            added = path;
            url = url[..start] + path + url[end..];
            end = start + path.Length;
        }

        return kind is FormatKind.Elasticsearch ? WithFilter(url, end) : url;
    }

    /// <summary>Whether the path of a bulk request contains more than the name of the API.</summary>
    /// <param name="url">A valid URL, or empty.</param>
    public static bool NamesIndex(string url)
    {
        var (start, end) = Find(url);
        return url.AsSpan(start, end - start).TrimEnd('/') is { Length: > 6 } path && path.EndsWith(Bulk);
    }

    static string WithFilter(string url, int pathEnd)
    {
        if (!url.AsSpan(0, pathEnd).TrimEnd('/').EndsWith(Bulk) || url.Contains("filter_path=", StringComparison.Ordinal))
            return url;

        var fragment = url.IndexOf('#', pathEnd);
        var whole = fragment < 0 ? url : url[..fragment];
        return whole + (pathEnd < whole.Length ? "&" : "?") + BulkFilter;
    }

    /// <summary>Returns start and end of the path.</summary>
    static (int Start, int End) Find(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? 0 : scheme + 3;
        var length = url.AsSpan(host).IndexOfAny('/', '?', '#');
        var start = length < 0 ? url.Length : host + length;
        var rest = url.AsSpan(start).IndexOfAny('?', '#');
        return (start, rest < 0 ? url.Length : start + rest);
    }
}
