using System.Globalization;
using System.Text;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// The client certificate with its key and intermediate certificates, or the reason why it cannot be used. Immutable. Contains a secret:
/// the key appears in no text.
/// </summary>
internal sealed class ClientIdentity
{
    const string CertVariable = "HTTP_TLS_CERT";
    const string KeyVariable = "HTTP_TLS_KEY";

    ClientIdentity(ClientCertificate? certificate, string? problem)
    {
        Client = certificate;
        Problem = problem;
    }

    /// <summary>The certificate for the handshake. Null: there is a problem.</summary>
    public ClientCertificate? Client { get; }

    /// <summary>The problem, as a line for the log. Null: none.</summary>
    public string? Problem { get; }

    /// <summary>Loads and checks certificate and key. Never throws because of their content.</summary>
    /// <param name="certificate">A path or PEM text: the certificate, then intermediates, and perhaps the key.</param>
    /// <param name="key">A path or PEM text. Null: the key is in <paramref name="certificate"/>.</param>
    /// <param name="now">The time to check the validity against.</param>
    public static ClientIdentity Load(string certificate, string? key, DateTimeOffset now)
    {
        if (PemFile.Read(certificate) is not { } certificateText)
            return Invalid(CertVariable, certificate, "a file that can be read");

        var keyVariable = key is null ? CertVariable : KeyVariable;
        if (PemFile.Read(key ?? certificate) is not { } keyText)
            return Invalid(keyVariable, key ?? certificate, "a file that can be read");

        if (!TryReadChain(certificateText, out var chain))
            return Invalid(CertVariable, certificate, "a certificate in PEM (-----BEGIN CERTIFICATE-----)");

        if (chain[0].NotAfter < now.UtcDateTime || chain[0].NotBefore > now.UtcDateTime)
        {
            var time = $"valid now; it is valid from {Day(chain[0].NotBefore)} to {Day(chain[0].NotAfter)}";
            return Invalid(CertVariable, certificate, "a certificate that is " + time);
        }

        if (KeyProblem(keyText) is { } wrong)
            return Invalid(keyVariable, key ?? certificate, wrong);

        return ClientCertificate.Join(chain, Encoding.ASCII.GetBytes(keyText)) is { } own
            ? new ClientIdentity(own, null)
            : Invalid(keyVariable, key ?? certificate, "the RSA or EC key that belongs to the certificate in HTTP_TLS_CERT");
    }

    static ClientIdentity Invalid(string variable, string value, string expected) =>
        new(null, $"{variable}: got {PemFile.Shown(value)}; expected {expected}; nothing is sent");

    static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool TryReadChain(string text, out List<Certificate> chain)
    {
        TlsLibrary.Initialize();
        chain = [];
        var certificates = new PemCertificates(Encoding.ASCII.GetBytes(text));
        while (certificates.MoveNext())
        {
            if (Certificate.Parse(certificates.Current) is not { } certificate)
                return false;

            chain.Add(certificate);
        }

        return chain.Count > 0;
    }

    static string? KeyProblem(string text)
    {
        const string Plain = "an unencrypted key; openssl pkey -in encrypted.pem -out key.pem writes one";
        if (text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            return Plain;

        return text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            ? null
            : "a key in PEM (-----BEGIN PRIVATE KEY-----), here or in HTTP_TLS_KEY";
    }
}
