using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Finds the parts of URLs that must not be logged.</summary>
internal static class UrlSecrets
{
    // Shorter parts of a path are words (v1, ingest, loki), not keys.
    const int PathPartMin = 12;

    /// <summary>Returns the secrets, longer ones first.</summary>
    /// <param name="endpoint">The endpoint: its whole query, each query value, and long parts of its path.</param>
    /// <param name="proxy">The proxy: its credentials. Null: none.</param>
    public static IReadOnlyList<string> Of(Uri endpoint, ProxyAddress? proxy)
    {
        List<string> secrets = [];
        var query = endpoint.Query.TrimStart('?');
        foreach (var pair in query.Split('&'))
        {
            var value = pair[(pair.IndexOf('=') + 1)..];
            if (value.Length >= SecretMask.LengthMin)
                secrets.Add(value);
        }

        foreach (var part in endpoint.AbsolutePath.Split('/'))
        {
            if (part.Length >= PathPartMin)
                secrets.Add(part);
        }

        if (query.Length >= SecretMask.LengthMin)
            secrets.Add(query);
        if (proxy is not null)
            secrets.AddRange(proxy.Secrets);

        secrets.Sort((one, other) => other.Length - one.Length);
        return secrets;
    }
}
