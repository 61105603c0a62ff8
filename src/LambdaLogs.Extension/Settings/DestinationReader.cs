using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the settings without which nothing can be sent: endpoint and authentication.</summary>
internal static class DestinationReader
{
    const string NothingSent = "nothing is sent";

    /// <summary>Reads endpoint, authentication, request options, timeout and certificates.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="format">The format, which may provide a path, a header for keys and more.</param>
    /// <param name="isNeeded">Whether a missing endpoint is a problem: not in test mode.</param>
    /// <returns>Null: nothing can be sent, and a problem says why unless a missing endpoint is allowed.</returns>
    public static DestinationOptions? Read(EnvironmentReader reader, FormatKind format, bool isNeeded)
    {
        string? path = null;
        var endpoint = Endpoint(reader, isNeeded) is { } url ? EndpointPath.Complete(url, format, out path) : null;
        var authentication = AuthenticationReader.Read(reader, endpoint, FormatTraits.Of(format), out var aws);
        var request = RequestReader.Read(reader, authentication, aws);
        var timeout = reader.Duration(HttpVariables.Timeout);
        var ca = reader.Text(HttpVariables.TlsCa);
        if (ca is not null && !PemCertificates.IsPem(ca) && !File.Exists(ca))
            reader.Problem(HttpVariables.TlsCa, null, "there is no such file: https endpoints are not trusted");

        var isPossible = TlsReader.TryRead(reader, endpoint, out var certificate, out var key)
            & ProxyReader.TryRead(reader, endpoint, out var proxies);
        var verify = reader.Flag(TransportVariables.TlsVerify);
        return !isPossible || endpoint is null || authentication is null || request is null ? null : new DestinationOptions
        {
            Url = endpoint,
            AddedPath = path,
            Timeout = timeout,
            Request = request,
            Authentication = authentication,
            Aws = aws,
            TlsCa = ca,
            TlsCert = certificate,
            TlsKey = key,
            TlsVerify = verify,
            Proxies = proxies,
            SystemCaFile = reader.Text("SSL_CERT_FILE"),
        };
    }

    static string? Endpoint(EnvironmentReader reader, bool isNeeded)
    {
        if (reader.Text(HttpVariables.Endpoint) is not { } text)
        {
            if (isNeeded)
                reader.Problem(HttpVariables.Endpoint, null, NothingSent);

            return null;
        }

        // Nearly every URL is simple; others are left to the framework's parser, which is slower.
        return SimpleUrl.IsSimple(text) || IsUrl(reader, text) ? text : null;
    }

    static bool IsUrl(EnvironmentReader reader, string text)
    {
        var variable = HttpVariables.Endpoint;
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https";
        if (endpoint is null || !isUrl || endpoint.Host.Length == 0)
        {
            reader.Problem(new SettingProblem(variable.Name, Masked(text), variable.AllowedText, NothingSent));
            return false;
        }

        if (endpoint.UserInfo.Length == 0)
            return true;

        const string Advice = "a URL without user name and password (HTTP_AUTH_TYPE=basic takes them)";
        reader.Problem(new SettingProblem(variable.Name, $"\"{EndpointMask.Of(endpoint)}\" with a user name", Advice, NothingSent));
        return false;
    }

    // An invalid URL may contain a key: show only the text before the first character that could start one.
    static string Masked(string text)
    {
        if (text.Contains('@'))
            return $"a text of {text.Length} characters";

        var start = text.IndexOf("://", StringComparison.Ordinal);
        var end = text.AsSpan(start < 0 ? 0 : start + 3).IndexOfAny('/', '?', '#');
        var shown = end < 0 ? text : text[..((start < 0 ? 0 : start + 3) + end)] + "/…";
        return $"\"{PlainText.OneLine(shown, longest: 40)}\"";
    }
}
