using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Decides whether an endpoint's certificate is accepted: its chain ends at one of our anchors, is valid now, was issued for servers and
/// for this host. Called by the TLS handshake, on any thread.
/// </summary>
/// <param name="anchors">Who may end a chain.</param>
/// <param name="verify">False: any certificate is accepted, and none is.</param>
internal sealed class ServerCertificateCheck(TrustAnchors anchors, bool verify = true)
{
    const string ForServers = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the last certificate was refused, for the log. Null: it was not, or the handshake did not come so far.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The check that an endpoint's options ask for.</summary>
    /// <param name="options">The options.</param>
    public static ServerCertificateCheck Of(DestinationOptions options) =>
        new(new TrustAnchors(() => AnchorSource.Choose(options.TlsCa, options.SystemCaFile)), options.TlsVerify);

    /// <summary>A new connection is made.</summary>
    public void Forget() => Refusal = null;

    /// <summary>
    /// The policy for the framework's own look at the chain, which comes first: no anchors, no downloads, no revocation lists. Its verdict
    /// on the chain is always no and counts for nothing; what counts of it is its check of the host's name.
    /// </summary>
    public static X509ChainPolicy TrustNobody() => NewPolicy();

    /// <summary>The handshake's question.</summary>
    /// <param name="sender">The TLS stream.</param>
    /// <param name="certificate">The endpoint's. Null: it gave none.</param>
    /// <param name="chain">The framework's chain, with the certificates that came along in its extra store.</param>
    /// <param name="errors">What the framework found.</param>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!verify)
            return true;

        if (certificate is not X509Certificate2 leaf || chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            Refusal = "the endpoint presented no certificate";
            return false;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            Refusal = $"the endpoint's certificate is for another host: {leaf.GetNameInfo(X509NameType.DnsName, forIssuer: false)}";
            return false;
        }

        Refusal = Judge(leaf, chain.ChainPolicy.ExtraStore);
        return Refusal is null;
    }

    static X509ChainPolicy NewPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ForServers));
        return policy;
    }

    string? Judge(X509Certificate2 leaf, X509Certificate2Collection cameAlong)
    {
        using var chain = new X509Chain { ChainPolicy = NewPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(cameAlong);
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors.For([leaf, .. cameAlong]));
        var valid = chain.Build(leaf);
        var found = X509ChainStatusFlags.NoError;
        foreach (var status in chain.ChainStatus)
            found |= status.Status;

        foreach (var element in chain.ChainElements)
            element.Certificate.Dispose();

        return valid ? null : Describe(leaf, found);
    }

    string Describe(X509Certificate2 leaf, X509ChainStatusFlags found)
    {
        var issuer = leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: true);
        if (found.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return "the endpoint's certificate or one above it is not valid now; "
                + $"its own time is {leaf.NotBefore:yyyy-MM-dd} to {leaf.NotAfter:yyyy-MM-dd}";
        }

        if ((found & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0)
        {
            return $"the endpoint's certificate, issued by \"{issuer}\", is not trusted by {anchors.Source}; "
                + "HTTP_TLS_CA can name its authority";
        }

        if (found.HasFlag(X509ChainStatusFlags.NotValidForUsage))
            return "the endpoint's certificate was not issued for servers";

        return $"the endpoint's certificate is not valid: code {(int)found}";
    }
}
