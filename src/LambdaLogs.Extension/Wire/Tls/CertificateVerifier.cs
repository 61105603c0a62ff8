using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>
/// Lets OpenSSL verify the certificates that a server presented, with only the trust anchors that match them. All faults are collected, so
/// that the most useful one can be reported.
/// </summary>
internal static unsafe class CertificateVerifier
{
    const int PresentedMax = 10;

    // X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK.
    const int ShortKey = 66;
    const int ShortKeyAbove = 67;
    const int WeakSignature = 68;

    /// <summary>Verifies the certificates.</summary>
    /// <param name="store">OpenSSL's verification context, with purpose, host and security level.</param>
    /// <param name="settings">Provides the anchors.</param>
    /// <param name="faults">Collects the faults. The callback reaches it through the connection.</param>
    public static ServerCertificates Verify(nint store, TlsSettings settings, CertificateFaultList faults)
    {
        var presented = Presented(store);
        var anchors = CryptoCalls.OPENSSL_sk_new_null();
        foreach (var der in settings.Anchors(presented.ConvertAll(certificate => certificate.Der())))
        {
            if (Certificate.Parse(der) is { } anchor && CryptoCalls.OPENSSL_sk_push(anchors, anchor.Handle) <= 0)
                anchor.Free();
        }

        CryptoCalls.X509_STORE_CTX_set0_trusted_stack(store, anchors);
        CryptoCalls.X509_STORE_CTX_set_verify_cb(store, &Collect);
        if (CryptoCalls.X509_verify_cert(store) <= 0)
            faults.Add(Math.Max(CryptoCalls.X509_STORE_CTX_get_error(store), 1));

        // OpenSSL does not check the signature of a certificate that is an anchor itself.
        if (presented.Count > 0 && presented[0].HasWeakSignature)
            faults.Add(WeakSignature);

        CheckKeys(CryptoCalls.X509_STORE_CTX_get0_chain(store), faults);
        var seen = Describe(presented, faults);
        CryptoCalls.X509_STORE_CTX_set_error(store, faults.First);
        for (var at = 0; at < CryptoCalls.OPENSSL_sk_num(anchors); at++)
            CryptoCalls.X509_free(CryptoCalls.OPENSSL_sk_value(anchors, at));

        CryptoCalls.OPENSSL_sk_free(anchors);
        return seen;
    }

    static void CheckKeys(nint chain, CertificateFaultList faults)
    {
        var count = chain == 0 ? 0 : CryptoCalls.OPENSSL_sk_num(chain);
        for (var at = 0; at < count; at++)
        {
            if (new Certificate(CryptoCalls.OPENSSL_sk_value(chain, at)).HasShortRsaKey)
                faults.Add(at == 0 ? ShortKey : ShortKeyAbove);
        }
    }

    /// <summary>Describes the certificates without verifying them.</summary>
    /// <param name="store">OpenSSL's verification context.</param>
    public static ServerCertificates Inspect(nint store) => Describe(Presented(store), new CertificateFaultList());

    /// <summary>The server's certificate, followed by the others that it sent.</summary>
    static List<Certificate> Presented(nint store)
    {
        List<Certificate> presented = [];
        var leaf = CryptoCalls.X509_STORE_CTX_get0_cert(store);
        if (leaf != 0)
            presented.Add(new Certificate(leaf));

        var others = CryptoCalls.X509_STORE_CTX_get0_untrusted(store);
        var count = others == 0 ? 0 : CryptoCalls.OPENSSL_sk_num(others);
        for (var at = 0; at < count && presented.Count < PresentedMax; at++)
        {
            // The first of them is the server's certificate again.
            var other = CryptoCalls.OPENSSL_sk_value(others, at);
            if (other != leaf)
                presented.Add(new Certificate(other));
        }

        return presented;
    }

    static ServerCertificates Describe(List<Certificate> presented, CertificateFaultList faults)
    {
        var leaf = presented.Count > 0 ? presented[0] : (Certificate?)null;
        return new ServerCertificates
        {
            Faults = faults.All,
            FaultText = faults.First == 0 ? "" : Certificate.Text(CryptoCalls.X509_verify_cert_error_string(faults.First)) ?? "",
            Hosts = leaf?.Hosts() ?? [],
            Issuer = leaf?.Issuer ?? "",
            NotBefore = leaf?.NotBefore ?? default,
            NotAfter = leaf?.NotAfter ?? default,
            Subjects = presented.ConvertAll(certificate => certificate.Subject),
        };
    }

    [UnmanagedCallersOnly]
    static int Collect(int isGood, nint store)
    {
        if (isGood == 0)
        {
            var ssl = CryptoCalls.X509_STORE_CTX_get_ex_data(store, SslCalls.SSL_get_ex_data_X509_STORE_CTX_idx());
            TlsChannel.Of(ssl).Faults.Add(CryptoCalls.X509_STORE_CTX_get_error(store));
        }

        // Continue, to find all other faults; the list decides.
        return 1;
    }
}
