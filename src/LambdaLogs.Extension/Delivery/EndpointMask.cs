namespace LambdaLogs.Extension.Delivery;

/// <summary>Formats an endpoint for logs. Many endpoints have their key in the path or the query.</summary>
internal static class EndpointMask
{
    const int LongestShown = 16;

    /// <summary>
    /// Scheme, host and port, and the first part of the path if it is too short to be a key. User info and query are never shown; <c>…</c>
    /// marks omissions.
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
