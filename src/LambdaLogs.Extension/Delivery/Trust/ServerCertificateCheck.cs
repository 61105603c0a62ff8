using System.Globalization;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Which certificates of an endpoint are accepted, and why one was not: its chain has to end at one of our anchors, to be valid now, and to
/// be issued for servers and for this host.
/// </summary>
/// <param name="anchors">Who may end a chain.</param>
/// <param name="verify">False: any certificate is accepted, and none is.</param>
internal sealed class ServerCertificateCheck(TrustAnchors anchors, bool verify = true)
{
    /// <summary>The check that an endpoint's options ask for.</summary>
    /// <param name="options">The options.</param>
    public static ServerCertificateCheck Of(DestinationOptions options) =>
        new(new TrustAnchors(() => AnchorSource.Choose(options.TlsCa, options.SystemCaFile)), options.TlsVerify);

    /// <summary>How TLS is spoken with a host.</summary>
    /// <param name="host">A name in ASCII, or an address.</param>
    /// <param name="client">The certificate that we present. Null: none.</param>
    public TlsSettings SettingsFor(string host, ClientCertificate? client = null) => new()
    {
        Host = host.Trim('[', ']').TrimEnd('.'),
        Verifies = verify,
        Anchors = anchors.For,
        Client = client,
    };

    /// <summary>Why a certificate was refused, for the log.</summary>
    /// <param name="server">What the endpoint has presented. Null: nothing.</param>
    /// <returns>Null: it was not, or the handshake did not come so far.</returns>
    public string? Refusal(ServerCertificates? server)
    {
        if (server is null || server.Faults is CertificateFaults.None)
            return null;
        if (server.Faults.HasFlag(CertificateFaults.OtherHost))
            return $"the endpoint's certificate is for another host: {Hosts(server)}";

        if (server.Faults.HasFlag(CertificateFaults.NotValidNow))
        {
            return "the endpoint's certificate or one above it is not valid now; "
                + $"it is valid from {Day(server.From)} to {Day(server.Until)}";
        }

        if (server.Faults.HasFlag(CertificateFaults.NotTrusted))
        {
            return $"the endpoint's certificate, issued by \"{server.Issuer}\", is not trusted by {anchors.Source}; "
                + "HTTP_TLS_CA can name its authority";
        }

        if (server.Faults.HasFlag(CertificateFaults.NotForServers))
            return "the endpoint's certificate was not issued for servers";

        return server.Faults.HasFlag(CertificateFaults.Weak)
            ? $"the endpoint's certificate or one above it can be forged: {server.FaultText}"
            : $"the endpoint's certificate is not valid: {server.FaultText}";
    }

    static string Hosts(ServerCertificates server) => server.Hosts.Count > 0
        ? server.Hosts[0]
        : $"it names none in its alternative names ({server.Subjects[0]} in the common name does not count)";

    static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
