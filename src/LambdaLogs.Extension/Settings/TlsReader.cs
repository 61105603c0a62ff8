using LambdaLogs.Extension.Delivery.Trust;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads the variables of the client certificate. The content of the files is checked after the first <c>/next</c> by
/// <see cref="ClientIdentity"/>, so that no cold start waits for it.
/// </summary>
internal static class TlsReader
{
    const string NothingSent = "nothing is sent";
    const string NoFile = "the path of a PEM file that is there, or PEM text";

    /// <summary>Reads certificate and key.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="endpoint">An absolute URL. Null: not a valid one.</param>
    /// <param name="certificate">A path or PEM text. Null: no client certificate.</param>
    /// <param name="key">A path or PEM text. Null: the key is with the certificate.</param>
    /// <returns>False, and a problem: an endpoint that requires a certificate would refuse the connection.</returns>
    public static bool TryRead(EnvironmentReader reader, string? endpoint, out string? certificate, out string? key)
    {
        certificate = reader.Text(TransportVariables.TlsCert);
        key = reader.Text(TransportVariables.TlsKey);
        if (certificate is null && key is not null)
        {
            reader.Problem(TransportVariables.TlsKey, "HTTP_TLS_CERT beside it", NothingSent);
            return false;
        }

        if (certificate is not null && endpoint?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true)
            reader.Problem(Problem(TransportVariables.TlsCert, certificate, "an https endpoint beside it", "it is ignored"));

        return Exists(reader, TransportVariables.TlsCert, certificate) & Exists(reader, TransportVariables.TlsKey, key);
    }

    static bool Exists(EnvironmentReader reader, Variable variable, string? value)
    {
        if (value is null || PemFile.IsText(value) || File.Exists(value))
            return true;

        reader.Problem(Problem(variable, value, NoFile, NothingSent));
        return false;
    }

    static SettingProblem Problem(Variable variable, string value, string allowed, string used) =>
        new(variable.Name, PemFile.Shown(value), allowed, used);
}
