using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// The path of an endpoint as text: completes one that is missing where all destinations of a format have the same. Runs in every cold
/// start, so without the framework's parser.
/// </summary>
internal static class EndpointPath
{
    const string Bulk = "/_bulk";

    // Of Elasticsearch's response only what tells what became of each document: it is as long as the request else.
    const string BulkFilter = "filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";

    /// <summary>Completes an endpoint for a format.</summary>
    /// <param name="url">A valid URL.</param>
    /// <param name="kind">The format.</param>
    /// <param name="added">The path that was missing. Null: none was, or the format has none of its own.</param>
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

    /// <summary>Whether the path of a bulk request has more in it than the name of the API.</summary>
    /// <param name="url">A valid URL, or nothing.</param>
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

    /// <summary>Where the path begins and ends.</summary>
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
