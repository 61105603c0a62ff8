using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Settings;

/// <summary>Warnings about valid but dangerous settings, logged at every start.</summary>
internal static class SettingWarnings
{
    /// <summary>Returns the lines, without secrets. Pure. Costs almost nothing if there is nothing to warn about.</summary>
    /// <param name="settings">The settings in force.</param>
    public static List<string> Of(ExtensionSettings settings)
    {
        var warnings = new List<string>();
        if (settings.Destination is not { } destination || settings.TestMode)
            return warnings;

        if (destination.Request.WantsOtherVersion)
            warnings.Add("HTTP_VERSION: HTTP/1.1 is used; another version would not be faster with one request at a time");

        if (!destination.TlsVerify)
        {
            warnings.Add("HTTP_TLS_VERIFY is false: the endpoint's certificate is not verified, so anyone on the network path can read the "
                + "logs and the credentials; set HTTP_TLS_CA to trust a private certificate");
        }

        if (destination.Url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) && HasCredentials(destination)
            && !LoopbackHost.IsLoopback(destination.Endpoint.Host.Trim('[', ']')))
        {
            warnings.Add($"HTTP_ENDPOINT is not https: the credentials are sent to {EndpointMask.Of(destination.Endpoint)} unencrypted, so "
                + "anyone on the network path can read them");
        }

        return warnings;
    }

    static bool HasCredentials(DestinationOptions destination)
    {
        if (destination.Authentication.Kind is not AuthenticationKind.None || destination.Aws is not null)
            return true;

        foreach (var header in destination.Request.Headers)
        {
            foreach (var word in (ReadOnlySpan<string>)["auth", "key", "token", "secret", "password", "credential", "cookie"])
            {
                if (header.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
