using System.Diagnostics;

namespace LambdaLogs.EndToEnd.Peers;

/// <summary>
/// The algorithms of TLS that the shipped executable speaks, each with a server that offers no other: what of OpenSSL is linked in is chosen by
/// name, and what is missing there is only found by using it.
/// </summary>
public sealed class TlsAlgorithmTests : IDisposable
{
    const string Rsa = "rsa:2048";
    const string Ec = "ec:prime256v1";
    const string Localhost = "-addext subjectAltName=DNS:localhost";

    readonly Shipped _shipped = new();

    public void Dispose() => _shipped.Dispose();

    [Theory]
    [InlineData(Rsa)]
    [InlineData("rsa-pss:2048")]
    [InlineData(Ec)]
    [InlineData("ec:secp384r1")]
    [InlineData("ec:secp521r1")]
    [InlineData("ed25519")]
    [InlineData("ed448")]
    public async Task A_certificate_may_have_any_of_these_keys(string key)
    {
        await SpeaksAsync(key, "-tls1_3");
        await SpeaksAsync(key, "-tls1_2");
    }

    [Theory]
    [InlineData("X25519")]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    [InlineData("X448")]
    [InlineData("ffdhe2048")]
    public async Task Keys_may_be_agreed_on_in_any_of_these_groups(string group) => await SpeaksAsync(Ec, "-tls1_3", "-groups", group);

    [Theory]
    [InlineData("TLS_AES_128_GCM_SHA256")]
    [InlineData("TLS_AES_256_GCM_SHA384")]
    [InlineData("TLS_CHACHA20_POLY1305_SHA256")]
    public async Task TLS_1_3_may_use_any_of_these_suites(string suite) => await SpeaksAsync(Ec, "-tls1_3", "-ciphersuites", suite);

    [Theory]
    [InlineData(Rsa, "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData(Rsa, "ECDHE-RSA-AES256-GCM-SHA384")]
    [InlineData(Rsa, "ECDHE-RSA-CHACHA20-POLY1305")]
    [InlineData(Rsa, "ECDHE-RSA-AES128-SHA256")]
    [InlineData(Rsa, "ECDHE-RSA-AES256-SHA384")]
    [InlineData(Rsa, "ECDHE-RSA-AES128-SHA")]
    [InlineData(Rsa, "ECDHE-RSA-AES256-SHA")]
    [InlineData(Rsa, "DHE-RSA-AES128-GCM-SHA256")]
    [InlineData(Rsa, "DHE-RSA-AES256-SHA256")]
    [InlineData(Rsa, "AES128-GCM-SHA256")]
    [InlineData(Rsa, "AES256-SHA256")]
    [InlineData(Rsa, "AES128-SHA")]
    [InlineData(Ec, "ECDHE-ECDSA-AES128-GCM-SHA256")]
    [InlineData(Ec, "ECDHE-ECDSA-AES256-GCM-SHA384")]
    [InlineData(Ec, "ECDHE-ECDSA-CHACHA20-POLY1305")]
    [InlineData(Ec, "ECDHE-ECDSA-AES256-SHA")]
    public async Task TLS_1_2_may_use_any_of_these_suites(string key, string suite) => await SpeaksAsync(key, "-tls1_2", "-cipher", suite);

    [Theory]
    [InlineData("ECDHE-ARIA256-GCM-SHA384")]
    [InlineData("ECDHE-RSA-CAMELLIA128-SHA256")]
    [InlineData("AES128-CCM8")]
    [InlineData("ECDHE-RSA-NULL-SHA:@SECLEVEL=0")]
    public async Task What_no_server_in_the_field_asks_for_is_not_spoken(string suite)
    {
        var output = await CheckAsync(Rsa, "-tls1_2", "-cipher", suite);

        Assert.Matches(@"\n  tls +FAILED +\d+ ms  the TLS handshake with localhost:\d+ failed: sslv3 alert handshake failure\n", output);
    }

    [Theory]
    [InlineData(Rsa, Localhost + " -addext extendedKeyUsage=serverAuth", "tls +ok")]
    [InlineData(Rsa, "-addext subjectAltName=DNS:other.test", "the endpoint's certificate is for another host: other.test")]
    [InlineData(Rsa, "-addext subjectAltName=IP:127.0.0.1,IP:::1", "the endpoint's certificate is for another host: 127.0.0.1")]
    [InlineData(Rsa, "-addext keyUsage=digitalSignature", "it has no subject alternative names")]
    [InlineData(Rsa, Localhost + " -addext extendedKeyUsage=clientAuth", "was not issued for servers")]
    [InlineData(Rsa, Localhost + " -addext 1.3.6.1.4.1.55555.1=critical,ASN1:NULL", "is not valid: unhandled critical extension")]
    [InlineData(Rsa, Localhost + " -sha1", "is too weak: ")]
    [InlineData(Rsa, Localhost + " -md5", "is too weak: ")]
    [InlineData("rsa:1024", Localhost, "is too weak: ")]
    [InlineData("rsa:2040", Localhost, "is too weak: ")]
    public async Task A_certificate_is_checked_by_what_is_in_it(string key, string request, string expected) =>
        Assert.Matches(expected, await CheckAsync(key, request.Split(' '), ["-cipher", "DEFAULT:@SECLEVEL=0"]));

    async Task SpeaksAsync(string key, params string[] server)
    {
        var output = await CheckAsync(key, server);

        Assert.Matches($@"\n  tls +ok +\d+ ms  TLS {(server[0] == "-tls1_2" ? @"1\.2" : @"1\.3")}\n", output);
    }

    /// <summary>What <c>--check</c> says of a server.</summary>
    /// <param name="key">Kind and size, or curve, of its key.</param>
    /// <param name="server">Options of <c>openssl s_server</c>.</param>
    Task<string> CheckAsync(string key, params string[] server) => CheckAsync(key, Localhost.Split(' '), server);

    async Task<string> CheckAsync(string key, string[] certificate, string[] server)
    {
        var openssl = PeerProcess.Find("/usr/bin/openssl");
        var folder = new PeerFolder("algorithms");
        var (kind, size) = key.Split(':') is [var name, var rest] ? (name, rest) : (key, "");
        string[] option = kind == "ec" ? ["-pkeyopt", $"ec_paramgen_curve:{size}"] : size.Length > 0 ? ["-pkeyopt", $"rsa_keygen_bits:{size}"] : [];
        string[] request =
        [
            "req", "-x509", "-newkey", kind, .. option, "-nodes", "-days", "2", "-subj", "/CN=localhost", .. certificate,
            "-keyout", folder.At("key"), "-out", folder.At("certificate"),
        ];
        using (var made = Process.Start(new ProcessStartInfo(openssl, request) { RedirectStandardError = true })!)
        {
            await made.StandardError.ReadToEndAsync(Scene.Cancel);
            await made.WaitForExitAsync(Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);
            Assert.Equal(0, made.ExitCode);
        }

        var port = PeerProcess.FreePort();
        var authority = await File.ReadAllTextAsync(folder.At("certificate"), Scene.Cancel);
        // It says every line backwards, which is no HTTP: the check ends at once.
        string[] arguments = ["s_server", "-rev", "-accept", $"127.0.0.1:{port}", "-cert", folder.At("certificate"), "-key", folder.At("key"), .. server];
        await using var peer = await PeerProcess.StartAsync(openssl, arguments, folder, port);
        return (await _shipped.RunAsync("--check", ("HTTP_ENDPOINT", $"https://localhost:{port}/"), ("HTTP_TLS_CA", authority))).Output;
    }
}
