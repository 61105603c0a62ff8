using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the usual proxy variables, where the lower-case name takes precedence.</summary>
internal static class ProxyReader
{
    /// <summary>Reads the variables.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="endpoint">An absolute URL. Null: not a valid one, so no proxy is used.</param>
    /// <param name="rules">Null: no proxy is configured.</param>
    /// <returns>
    /// False, and a problem, if the variable for this endpoint has an invalid value: sending without a proxy could bypass it.
    /// </returns>
    public static bool TryRead(EnvironmentReader reader, string? endpoint, out ProxyRules? rules)
    {
        var all = Named(reader, TransportVariables.AllProxy, "all_proxy");
        var https = Named(reader, TransportVariables.HttpsProxy, "https_proxy") ?? all;
        var http = Http(reader) ?? all;
        rules = https is null && http is null ? null : new ProxyRules
        {
            Https = https,
            Http = http,
            Exceptions = Exceptions(reader),
        };
        if (rules is null || endpoint is null)
            return true;

        _ = rules.For(new Uri(endpoint), out var unusable);
        if (unusable is null)
            return true;

        var variable = TransportVariables.HttpsProxy;
        var length = reader.Text(unusable)!.Length;
        reader.Problem(new SettingProblem(unusable, $"a secret of {length} characters", variable.AllowedText, "nothing is sent"));
        return false;
    }

    static string Exceptions(EnvironmentReader reader)
    {
        var name = reader.Text("no_proxy") is null ? TransportVariables.NoProxy.Name : "no_proxy";
        var text = reader.Text(name) ?? "";
        if (!text.Contains(';'))
            return text;

        reader.Problem(new SettingProblem(
            name, $"\"{ExpressionReader.Excerpt(text)}\"", "hosts separated by commas", "the semicolons are read as commas"));
        return text.Replace(';', ',');
    }

    // In a CGI program the upper-case variable may be set by a request header (Proxy: …); source: https://httpoxy.org.
    static (string Variable, string Text)? Http(EnvironmentReader reader) => reader.Text("REQUEST_METHOD") is null
        ? Named(reader, TransportVariables.HttpProxy, "http_proxy")
        : Named(reader, "http_proxy");

    static (string Variable, string Text)? Named(EnvironmentReader reader, Variable variable, string lowerCase) =>
        Named(reader, lowerCase) ?? Named(reader, variable.Name);

    static (string Variable, string Text)? Named(EnvironmentReader reader, string name) =>
        reader.Text(name) is { } text ? (name, text) : null;
}
