using System.Security.Cryptography;
using System.Text;
using LambdaLogs.Extension.Delivery.Trust;

namespace LambdaLogs.Extension.Tests.Delivery.Trust;

public sealed class PemCertificatesTests
{
    [Fact]
    public void Every_certificate_is_found_in_its_order()
    {
        byte[][] certificates = [Bytes(10), Bytes(3000), Bytes(1), Bytes(9000)];
        var pem = string.Concat(certificates.Select(der => "# text\n" + PemEncoding.WriteString("CERTIFICATE", der) + "\n\n"));

        Assert.Equal(certificates, Read(pem));
        Assert.Equal(certificates, Read(pem.ReplaceLineEndings("\r\n")));
        Assert.Equal(certificates, Read(pem.ReplaceLineEndings(" ")));
    }

    [Fact]
    public void What_is_no_certificate_is_skipped()
    {
        var der = Bytes(100);
        var pem = PemEncoding.WriteString("PRIVATE KEY", Bytes(50)) + "\n"
            + "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"
            + "-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n-----END TRUSTED CERTIFICATE-----\n"
            + PemEncoding.WriteString("CERTIFICATE", der);

        Assert.Equal([der], Read(pem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n")]
    [InlineData("-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----")]
    public void A_text_without_a_whole_certificate_has_none(string pem) => Assert.Empty(Read(pem));

    [Fact]
    public void A_PEM_text_is_distinguished_from_a_path()
    {
        Assert.True(PemCertificates.IsPem("x\n-----BEGIN CERTIFICATE-----\nAAAA"));
        Assert.False(PemCertificates.IsPem("/opt/ca.pem"));
        Assert.False(PemCertificates.IsPem(""));
    }

    static List<byte[]> Read(string pem)
    {
        var found = new List<byte[]>();
        var certificates = new PemCertificates(Encoding.UTF8.GetBytes(pem));
        while (certificates.MoveNext())
            found.Add(certificates.Current.ToArray());

        return found;
    }

    static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(number => (byte)(number * 7))];
}
