namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>
/// A client certificate with its key and intermediate certificates, parsed by OpenSSL. Lives as long as the process. Contains a secret
/// that appears in no text.
/// </summary>
internal sealed unsafe class ClientCertificate
{
    readonly nint _key;
    readonly List<Certificate> _chain;

    ClientCertificate(nint key, List<Certificate> chain) => (_key, _chain) = (key, chain);

    /// <summary>Combines a certificate with its key.</summary>
    /// <param name="chain">The certificate, then the intermediates; at least one. Owned by the result.</param>
    /// <param name="keyPem">Text with the unencrypted key in PEM.</param>
    /// <returns>Null: the text contains no key, or the key of another certificate.</returns>
    public static ClientCertificate? Join(List<Certificate> chain, ReadOnlySpan<byte> keyPem)
    {
        TlsLibrary.Initialize();
        nint key;
        fixed (byte* text = keyPem)
        {
            var bio = CryptoCalls.BIO_new_mem_buf(text, keyPem.Length);
            // With an empty password OpenSSL does not prompt for one.
            var nothing = (byte)0;
            key = CryptoCalls.PEM_read_bio_PrivateKey(bio, 0, 0, &nothing);
            _ = CryptoCalls.BIO_free(bio);
        }

        var fits = key != 0 && CryptoCalls.X509_check_private_key(chain[0].Handle, key) == 1;
        CryptoCalls.ERR_clear_error();
        if (fits)
            return new ClientCertificate(key, chain);

        CryptoCalls.EVP_PKEY_free(key);
        return null;
    }

    /// <summary>Configures an OpenSSL context to present it.</summary>
    /// <param name="context">OpenSSL's context.</param>
    /// <returns>False: OpenSSL rejects it, for example because the key is too short.</returns>
    public bool TryUse(nint context)
    {
        var isTaken = SslCalls.SSL_CTX_use_certificate(context, _chain[0].Handle) == 1
            && SslCalls.SSL_CTX_use_PrivateKey(context, _key) == 1;
        for (var at = 1; at < _chain.Count && isTaken; at++)
            isTaken = SslCalls.SSL_CTX_ctrl(context, SslCalls.ControlChainCertificate, 1, (void*)_chain[at].Handle) == 1;

        return isTaken;
    }

    /// <summary>The subjects of the certificate and the intermediates.</summary>
    public IReadOnlyList<string> Subjects => _chain.ConvertAll(certificate => certificate.Subject);

    /// <summary>The certificate in DER.</summary>
    public byte[] Der() => _chain[0].Der();

    /// <summary>The subject, which is not a secret.</summary>
    public override string ToString() => _chain[0].Subject;
}
