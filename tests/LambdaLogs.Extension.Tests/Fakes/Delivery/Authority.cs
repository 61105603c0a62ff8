using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>A certificate authority made for one test: signs certificates for servers, good ones and bad ones.</summary>
internal sealed class Authority : IDisposable
{
    /// <summary>The purpose "TLS server".</summary>
    public const string ForServers = "1.3.6.1.5.5.7.3.1";

    /// <summary>The purpose "TLS client".</summary>
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    Authority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>Its own certificate, with the key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Its own certificate as PEM text.</summary>
    public string Pem => Certificate.ExportCertificatePem();

    static DateTimeOffset Today => TimeProvider.System.GetUtcNow();

    /// <summary>A root: signs itself.</summary>
    public static Authority NewRoot(string name = "Test Root", DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(AuthorityRequest(name, key).CreateSelfSigned(Today.AddYears(-5), until ?? Today.AddYears(5)));
    }

    /// <summary>A certificate that signs itself, for a host.</summary>
    public static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ServerRequest(host, key, ForServers).CreateSelfSigned(Today.AddDays(-1), Today.AddDays(1));
    }

    /// <summary>An authority below this one.</summary>
    public Authority NewIntermediate(string name = "Test Intermediate", bool mayReallySign = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = mayReallySign ? AuthorityRequest(name, key) : ServerRequest(name, key, ForServers);
        using var signed = request.Create(Certificate, Today.AddYears(-4), Today.AddYears(4), RandomNumberGenerator.GetBytes(8));
        return new(signed.CopyWithPrivateKey(key));
    }

    /// <summary>A server's certificate, with the key.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="from">First day of its time, counted from today.</param>
    /// <param name="until">Last day of its time, counted from today.</param>
    /// <param name="purpose">What it is for. Null: it does not say.</param>
    public X509Certificate2 Issue(string host = "localhost", int from = -1, int until = 1, string? purpose = ForServers)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var generator = X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        using var signed = ServerRequest(host, key, purpose)
            .Create(Certificate.SubjectName, generator, Today.AddDays(from), Today.AddDays(until), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A client's certificate, with a key of either kind.</summary>
    /// <param name="key">RSA or EC.</param>
    /// <param name="from">First day of its time, counted from today.</param>
    /// <param name="until">Last day of its time, counted from today.</param>
    public X509Certificate2 IssueToClient(AsymmetricAlgorithm key, int from = -1, int until = 1)
    {
        var request = key is RSA rsa
            ? new CertificateRequest("CN=client", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=client", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ForClients)], critical: false));
        var generator = X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        return request.Create(Certificate.SubjectName, generator, Today.AddDays(from), Today.AddDays(until), RandomNumberGenerator.GetBytes(8));
    }

    public void Dispose() => Certificate.Dispose();

    static CertificateRequest AuthorityRequest(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}, O=Test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    static CertificateRequest ServerRequest(string host, ECDsa key, string? purpose)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host.Replace(' ', '-'));

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        if (purpose is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));

        return request;
    }
}
