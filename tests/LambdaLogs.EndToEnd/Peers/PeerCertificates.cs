using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.EndToEnd.Peers;

/// <summary>An authority, a server's certificate for localhost and logs.test, and a client's, all as PEM.</summary>
sealed class PeerCertificates
{
    public PeerCertificates()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Peers Root", rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = request.CreateSelfSigned(From, Until);
        Authority = root.ExportCertificatePem();
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ServerKey = serverKey.ExportPkcs8PrivateKeyPem();
        Server = Issue(root, new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256), "1.3.6.1.5.5.7.3.1");
        using var clientKey = RSA.Create(2048);
        ClientKey = clientKey.ExportRSAPrivateKeyPem();
        var client = new CertificateRequest("CN=our-function", clientKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Client = Issue(root, client, "1.3.6.1.5.5.7.3.2");
    }

    public string Authority { get; }

    public string Server { get; }

    public string ServerKey { get; }

    /// <summary>Of <c>CN=our-function</c>.</summary>
    public string Client { get; }

    /// <summary>An RSA key in its old form.</summary>
    public string ClientKey { get; }

    static DateTimeOffset From => TimeProvider.System.GetUtcNow().AddDays(-1);

    static DateTimeOffset Until => TimeProvider.System.GetUtcNow().AddDays(1);

    static string Issue(X509Certificate2 root, CertificateRequest request, string purpose)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("logs.test");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var generator = X509SignatureGenerator.CreateForECDsa(root.GetECDsaPrivateKey()!);
        using var certificate = request.Create(root.SubjectName, generator, From, Until.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        return certificate.ExportCertificatePem();
    }
}
