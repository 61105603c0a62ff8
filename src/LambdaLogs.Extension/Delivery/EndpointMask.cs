namespace LambdaLogs.Extension.Delivery;

/// <summary>An endpoint as it may stand in a log. Many endpoints carry their key in the path or the query.</summary>
internal static class EndpointMask
{
    const int LongestShown = 16;

    /// <summary>
    /// Scheme, host and port, and of the path its first part where that is too short for a key. User info and query are never shown; a
    /// <c>…</c> stands for what was left out.
    /// </summary>
    /// <param name="endpoint">An absolute URL.</param>
    /// <returns>For example <c>https://logs.example.com:8443/v1/…</c>.</returns>
    public static string Of(Uri endpoint)
    {
        var port = endpoint.IsDefaultPort ? "" : $":{endpoint.Port}";
        return $"{endpoint.Scheme}://{endpoint.Host}{port}{Path(endpoint.AbsolutePath)}{(endpoint.Query.Length > 1 ? "?…" : "")}";
    }

    static string Path(string path)
    {
        var end = path.IndexOf('/', 1);
        var first = end < 0 ? path : path[..end];
        if (first.Length - 1 > LongestShown)
            return "/…";

        return end < 0 || end == path.Length - 1 ? path : first + "/…";
    }
}
