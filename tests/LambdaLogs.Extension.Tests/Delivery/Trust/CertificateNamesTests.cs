using System.Security.Cryptography.X509Certificates;
using System.Text;
using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery.Trust;

public sealed class CertificateNamesTests
{
    // A certificate of version 1, as a few old roots are: no version field, no extensions.
    const string VersionOne = """
        -----BEGIN CERTIFICATE-----
        MIIBJTCBzQIUUPNx4Ty/gC2iHHE8mz+aQ0UUrZswCgYIKoZIzj0EAwIwFjEUMBIG
        A1UEAwwLQW4gb2xkIHJvb3QwHhcNMjYxMTIyMDg0MjMzWhcNMzYxMTE5MDg0MjMz
        WjAWMRQwEgYDVQQDDAtBbiBvbGQgcm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABCqoDk5r/kJLE70m7qVIKyQ09PNp94MECf7KxVl5Q/u9L07KOeALbTBPS0ty
        +Cds5DUUEcafHee28jcqcV70y0MwCgYIKoZIzj0EAwIDRwAwRAIgeNRiZ6/RX42n
        XLm18Boda1jRk5KyVQC9jA1vpd5BBX4CICF5jvEV4vw+atoYBU4duO1xArvztQIa
        Va4GGRiZiNeR
        -----END CERTIFICATE-----
        """;

    [Fact]
    public void Names_are_those_the_framework_reads()
    {
        using var root = Authority.NewRoot("A root with a name so long that lengths need more than one byte: " + new string('x', 50));
        using var leaf = root.Issue();

        foreach (var certificate in new[] { root.Certificate, leaf })
        {
            Assert.True(CertificateNames.TryRead(certificate.RawData, out var issuer, out var subject));
            Assert.Equal(certificate.IssuerName.RawData, issuer.ToArray());
            Assert.Equal(certificate.SubjectName.RawData, subject.ToArray());
        }
    }

    [Fact]
    public void A_certificate_of_version_1_has_no_version_field()
    {
        var pem = new PemCertificates(Encoding.UTF8.GetBytes(VersionOne));
        Assert.True(pem.MoveNext());

        Assert.True(CertificateNames.TryRead(pem.Current, out var issuer, out var subject));

        Assert.Equal("CN=An old root", new X500DistinguishedName(issuer).Name);
        Assert.Equal("CN=An old root", new X500DistinguishedName(subject).Name);
    }

    [Fact]
    public void A_system_s_bundle_is_read_without_exception()
    {
        var source = AnchorSource.Choose(null, null);
        var certificates = new PemCertificates(source.Read());
        while (certificates.MoveNext())
        {
            using var certificate = X509CertificateLoader.LoadCertificate(certificates.Current);
            Assert.True(CertificateNames.TryRead(certificates.Current, out var issuer, out var subject));
            Assert.Equal(certificate.IssuerName.RawData, issuer.ToArray());
            Assert.Equal(certificate.SubjectName.RawData, subject.ToArray());
        }
    }

    [Fact]
    public void Bytes_that_break_off_are_no_certificate()
    {
        using var root = Authority.NewRoot();
        var der = root.Certificate.RawData;
        for (var length = 0; length < der.Length; length++)
            Assert.False(CertificateNames.TryRead(der.AsSpan(0, length), out _, out _));
    }

    [Fact]
    public void No_changed_byte_throws()
    {
        using var root = Authority.NewRoot();
        for (var at = 0; at < root.Certificate.RawData.Length; at++)
        {
            foreach (var value in new byte[] { 0x00, 0x02, 0x30, 0x7F, 0x80, 0x81, 0x84, 0xA0, 0xFF })
            {
                var der = root.Certificate.RawData;
                der[at] = value;
                CertificateNames.TryRead(der, out var issuer, out var subject);
                Assert.True(issuer.Length <= der.Length && subject.Length <= der.Length);
            }
        }
    }
}
