using System.Globalization;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Decides which certificates of an endpoint are accepted, and explains a refusal: the chain must end at a trust anchor, be valid now, and
/// be issued for servers and for this host.
/// </summary>
/// <param name="anchors">The trust anchors.</param>
/// <param name="verify">False: every certificate is accepted.</param>
internal sealed class ServerCertificateCheck(TrustAnchors anchors, bool verify = true)
{
    /// <summary>Creates the check for an endpoint's options.</summary>
    /// <param name="options">The options.</param>
    public static ServerCertificateCheck Of(DestinationOptions options) =>
        new(new TrustAnchors(() => AnchorSource.Choose(options.TlsCa, options.SystemCaFile)), options.TlsVerify);

    /// <summary>Returns the TLS settings for a host.</summary>
    /// <param name="host">A name in ASCII, or an address.</param>
    /// <param name="client">The client certificate. Null: none.</param>
    public TlsSettings SettingsFor(string host, ClientCertificate? client = null) => new()
    {
        Host = host.Trim('[', ']').TrimEnd('.'),
        VerifiesServer = verify,
        Anchors = anchors.For,
        Client = client,
    };

    /// <summary>Explains why a certificate was refused, for the log.</summary>
    /// <param name="server">The certificates that the endpoint presented. Null: none.</param>
    /// <returns>Null: it was not refused, or the handshake did not get that far.</returns>
    public string? RefusalReason(ServerCertificates? server)
    {
        if (server is null || server.Faults is CertificateFaults.None)
            return null;
        if (server.Faults.HasFlag(CertificateFaults.OtherHost))
            return $"the endpoint's certificate is for another host: {Hosts(server)}";

        if (server.Faults.HasFlag(CertificateFaults.NotValidNow))
        {
            return "the endpoint's certificate or one above it is expired or not yet valid; "
                + $"it is valid from {Day(server.NotBefore)} to {Day(server.NotAfter)}";
        }

        if (server.Faults.HasFlag(CertificateFaults.NotTrusted))
        {
            return $"the endpoint's certificate, issued by \"{server.Issuer}\", is not trusted by {anchors.Source}; "
                + "set HTTP_TLS_CA to the certificate of its authority";
        }

        // OpenSSL finds the purpose wrong as well where an issuer is no authority.
        if (server.Faults.HasFlag(CertificateFaults.Other))
            return $"the endpoint's certificate or one above it is not valid: {server.FaultText}";

        return server.Faults.HasFlag(CertificateFaults.NotForServers)
            ? "the endpoint's certificate or one above it was not issued for servers"
            : $"the endpoint's certificate or one above it is too weak: {server.FaultText}";
    }

    static string Hosts(ServerCertificates server) => server.Hosts.Count > 0
        ? server.Hosts[0]
        : $"it has no subject alternative names ({server.Subjects[0]} in the common name does not count)";

    static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
