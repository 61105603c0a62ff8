using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// The certificate by which TLS proves who we are, with its key and the certificates above it; or what is wrong with it. Never changes.
/// Holds a secret: nothing of the key is in any text.
/// </summary>
internal sealed class ClientIdentity
{
    const string CertVariable = "HTTP_TLS_CERT";
    const string KeyVariable = "HTTP_TLS_KEY";

    ClientIdentity(SslStreamCertificateContext? context, string? problem)
    {
        Context = context;
        Problem = problem;
    }

    /// <summary>For the handshake. Null: there is a problem.</summary>
    public SslStreamCertificateContext? Context { get; }

    /// <summary>What is wrong, as a line for the log. Null: nothing.</summary>
    public string? Problem { get; }

    /// <summary>Reads and checks certificate and key. Never throws for what they hold.</summary>
    /// <param name="certificate">A path or PEM text: the certificate, then those above it, perhaps the key.</param>
    /// <param name="key">A path or PEM text. Null: the key is with the certificate.</param>
    /// <param name="now">For the certificate's time.</param>
    public static ClientIdentity Load(string certificate, string? key, DateTimeOffset now)
    {
        if (PemFile.Read(certificate) is not { } certificateText)
            return Wrong(CertVariable, certificate, "a file that can be read");

        var keyVariable = key is null ? CertVariable : KeyVariable;
        if (PemFile.Read(key ?? certificate) is not { } keyText)
            return Wrong(keyVariable, key ?? certificate, "a file that can be read");

        if (!TryReadChain(certificateText, out var chain))
            return Wrong(CertVariable, certificate, "a certificate in PEM (-----BEGIN CERTIFICATE-----)");

        if (chain[0].NotAfter < now || chain[0].NotBefore > now)
        {
            var time = $"valid today; it is so from {chain[0].NotBefore:yyyy-MM-dd} to {chain[0].NotAfter:yyyy-MM-dd}";
            return Wrong(CertVariable, certificate, "a certificate that is " + time);
        }

        if (WrongKey(keyText) is { } wrong)
            return Wrong(keyVariable, key ?? certificate, wrong);

        return Join(chain[0], keyText) is { } own
            ? new ClientIdentity(SslStreamCertificateContext.Create(own, chain, offline: true), null)
            : Wrong(keyVariable, key ?? certificate, "the RSA or EC key of the certificate in HTTP_TLS_CERT; this is none, or another's");
    }

    static ClientIdentity Wrong(string variable, string value, string expected) =>
        new(null, $"{variable}: got {PemFile.Shown(value)}; expected {expected}; nothing is sent");

    static bool TryReadChain(string text, out X509Certificate2Collection chain)
    {
        chain = [];
        try
        {
            var certificates = new PemCertificates(Encoding.ASCII.GetBytes(text));
            while (certificates.MoveNext())
                chain.Add(X509CertificateLoader.LoadCertificate(certificates.Current));

            return chain.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    static string? WrongKey(string text)
    {
        const string Plain = "a key that is not encrypted: openssl pkey -in encrypted.pem -out key.pem makes one";
        if (text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            return Plain;

        return text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            ? null
            : "a key in PEM (-----BEGIN PRIVATE KEY-----), here or in HTTP_TLS_KEY";
    }

    // Which of the two says that key and certificate do not belong together depends on their kind.
    static X509Certificate2? Join(X509Certificate2 certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
