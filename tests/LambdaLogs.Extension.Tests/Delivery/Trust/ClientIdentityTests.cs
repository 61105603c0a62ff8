using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery.Trust;

/// <summary>Which certificates and keys we can present, and what is said of the others.</summary>
public sealed class ClientIdentityTests : IDisposable
{
    readonly Authority _root = Authority.NewRoot();
    readonly RSA _rsa = RSA.Create(2048);
    readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly string _file = Path.Combine(Path.GetTempPath(), $"identity-{Guid.NewGuid():N}.pem");

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        _root.Dispose();
        _rsa.Dispose();
        _ec.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("rsa", "pkcs8")]
    [InlineData("rsa", "pkcs1")]
    [InlineData("ec", "pkcs8")]
    [InlineData("ec", "sec1")]
    [InlineData("ec", "sec1 with parameters")]
    public void Keys_of_either_kind_are_read_in_each_usual_form(string kind, string form)
    {
        AsymmetricAlgorithm key = kind == "rsa" ? _rsa : _ec;
        using var certificate = _root.IssueToClient(key);
        var text = form switch
        {
            "pkcs1" => _rsa.ExportRSAPrivateKeyPem(),
            "sec1" => _ec.ExportECPrivateKeyPem(),
            "sec1 with parameters" => "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + _ec.ExportECPrivateKeyPem(),
            _ => key.ExportPkcs8PrivateKeyPem(),
        };

        Fits(certificate, ClientIdentity.Load(certificate.ExportCertificatePem(), text, Now));
    }

    [Fact]
    public void The_key_may_be_with_the_certificate_before_or_after_it()
    {
        using var certificate = _root.IssueToClient(_ec);
        var (pem, key) = (certificate.ExportCertificatePem(), _ec.ExportPkcs8PrivateKeyPem());

        Fits(certificate, ClientIdentity.Load($"{key}\n{pem}", null, Now));
        Fits(certificate, ClientIdentity.Load($"{pem}\n{key}", null, Now));
    }

    [Fact]
    public void A_file_and_line_ends_written_out_do_as_well()
    {
        using var certificate = _root.IssueToClient(_ec);
        File.WriteAllText(_file, $"# ours\n{certificate.ExportCertificatePem()}\n");

        Fits(certificate, ClientIdentity.Load(_file, _ec.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n"), Now));
    }

    [Fact]
    public void Certificates_above_ours_go_along()
    {
        using var intermediate = _root.NewIntermediate();
        using var certificate = intermediate.IssueToClient(_ec);
        var chain = $"{certificate.ExportCertificatePem()}\n{intermediate.Pem}\n";

        var identity = ClientIdentity.Load(chain, _ec.ExportPkcs8PrivateKeyPem(), Now);

        Fits(certificate, identity);
        Assert.Equal(["client", "Test Intermediate"], identity.Client!.Subjects);
    }

    [Fact]
    public void An_encrypted_key_is_refused_with_the_way_out()
    {
        using var certificate = _root.IssueToClient(_ec);
        var encrypted = _ec.ExportEncryptedPkcs8PrivateKeyPem("SECRET", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        const string Old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nSECRET\n-----END RSA PRIVATE KEY-----";

        foreach (var key in new[] { encrypted, Old })
        {
            Wrong(
                "HTTP_TLS_KEY: got PEM text, or a value that is not a path; expected an unencrypted key; openssl pkey -in encrypted.pem -out "
                + "key.pem writes one; nothing is sent",
                certificate.ExportCertificatePem(),
                key);
        }
    }

    [Fact]
    public void A_certificate_without_its_key_is_reported()
    {
        using var certificate = _root.IssueToClient(_ec);

        Wrong(
            "HTTP_TLS_CERT: got PEM text, or a value that is not a path; expected a key in PEM (-----BEGIN PRIVATE KEY-----), here or in HTTP_TLS_KEY; nothing is sent",
            certificate.ExportCertificatePem(),
            key: null);
    }

    [Fact]
    public void A_key_of_another_certificate_is_reported()
    {
        using var certificate = _root.IssueToClient(_ec);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Wrong(
            "HTTP_TLS_KEY: got PEM text, or a value that is not a path; expected the RSA or EC key that belongs to the certificate in HTTP_TLS_CERT; nothing is sent",
            certificate.ExportCertificatePem(),
            other.ExportPkcs8PrivateKeyPem());
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("rubbish")]
    [InlineData("cut short")]
    public void A_key_of_another_kind_or_of_none_is_reported(string kind)
    {
        using var certificate = _root.IssueToClient(_ec);
        var key = kind switch
        {
            "rsa" => _rsa.ExportPkcs8PrivateKeyPem(),
            "rubbish" => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            _ => _ec.ExportPkcs8PrivateKeyPem()[..100],
        };

        Wrong(
            "HTTP_TLS_KEY: got PEM text, or a value that is not a path; expected the RSA or EC key that belongs to the certificate in HTTP_TLS_CERT; nothing is sent",
            certificate.ExportCertificatePem(),
            key);
    }

    [Theory]
    [InlineData(-10, -1)]
    [InlineData(1, 10)]
    public void A_certificate_out_of_its_time_is_reported_with_its_time(int from, int until)
    {
        using var certificate = _root.IssueToClient(_ec, from, until);

        Wrong(
            "HTTP_TLS_CERT: got PEM text, or a value that is not a path; expected a certificate that is valid now; it is valid from "
            + $"{certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}; nothing is sent",
            certificate.ExportCertificatePem(),
            _ec.ExportPkcs8PrivateKeyPem());
    }

    [Theory]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA")]
    public void A_text_without_a_certificate_is_reported(string text) => Wrong(
        "HTTP_TLS_CERT: got PEM text, or a value that is not a path; expected a certificate in PEM (-----BEGIN CERTIFICATE-----); nothing is sent",
        text,
        _ec.ExportPkcs8PrivateKeyPem());

    [Fact]
    public void A_file_that_cannot_be_read_is_named() => Wrong(
        $"HTTP_TLS_CERT: got \"{Path.GetTempPath().TrimEnd('/')}\"; expected a file that can be read; nothing is sent",
        Path.GetTempPath().TrimEnd('/'),
        key: null);

    static void Fits(X509Certificate2 certificate, ClientIdentity identity)
    {
        Assert.Null(identity.Problem);
        Assert.Equal(certificate.RawData, identity.Client!.Der());
    }

    static void Wrong(string expected, string certificate, string? key)
    {
        var identity = ClientIdentity.Load(certificate, key, Now);

        Assert.Equal(expected, identity.Problem);
        Assert.Null(identity.Client);
    }
}
