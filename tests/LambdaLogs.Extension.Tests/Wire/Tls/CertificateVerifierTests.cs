using System.Security.Cryptography;
using LambdaLogs.Extension.Delivery.Trust;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Tests.Wire.Tls;

/// <summary>Which certificates are accepted and what is said of the others, by handshakes with a server that sends what it is told to.</summary>
public sealed class CertificateVerifierTests
{
    const int Tls10 = 0x0301;
    const int Tls11 = 0x0302;
    const int Tls12 = 0x0303;
    const int Tls13 = 0x0304;

    static readonly CertificatePlan Root = CertificatePlan.Authority("Root");
    static readonly CertificatePlan Server = CertificatePlan.Server("DNS:logs.test");

    public static TheoryData<string, int> Cases
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var version in (int[])[Tls12, Tls13])
            {
                foreach (var item in ChainCases.All.Where(item => version == Tls13 || !item.IsNewOnly))
                    rows.Add(item.What, version);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_server_is_accepted_or_refused_by_what_it_presents(string what, int version)
    {
        var item = ChainCases.All.Single(item => item.What == what);
        var (certificates, key) = CertificatePlan.Issue(item.Chain);
        var last = certificates.Length - 1;
        var others = item.Sent ?? [.. Enumerable.Range(1, Math.Max(last - 1, 0)).Reverse()];
        byte[][] sent = [certificates[last], .. last == 0 ? [] : others.Select(at => certificates[at])];
        // A root of another key, for what signs itself a certificate of another key: the first key of a chain signs itself.
        var trusted = item.IsRootForged ? [Forged(item.Chain[0])] : item.Trusted.Select(at => certificates[at]).ToList();

        var (isOpen, refusal, failure) = Handshake(sent, key, trusted, item.Host, (version, version));

        Assert.Equal((item.Refusal is null, item.Refusal is null), (isOpen, refusal is null));
        Assert.StartsWith(item.Refusal ?? "", refusal ?? "", StringComparison.Ordinal);
        Assert.Equal(isOpen ? WireFault.None : WireFault.Tls, failure.Fault);
    }

    [Fact]
    public void There_are_more_cases_than_a_verifier_of_this_project_has_ever_passed() => Assert.True(ChainCases.All.Count >= 84);

    [Theory]
    [InlineData(Tls10, Tls10, false)]
    [InlineData(Tls11, Tls11, false)]
    [InlineData(Tls10, Tls11, false)]
    [InlineData(Tls11, Tls12, true)]
    [InlineData(Tls12, Tls12, true)]
    [InlineData(Tls12, Tls13, true)]
    [InlineData(Tls13, Tls13, true)]
    public void TLS_1_2_and_1_3_are_spoken_and_nothing_older(int lowest, int highest, bool isSpoken)
    {
        var (certificates, key) = CertificatePlan.Issue([Root, Server]);

        var (isOpen, refusal, failure) = Handshake([certificates[1]], key, [certificates[0]], "logs.test", (lowest, highest));

        Assert.Equal((isSpoken, null), (isOpen, refusal));
        Assert.Equal(isSpoken, failure.Text is null);
    }

    [Fact]
    public void Nothing_is_checked_where_the_user_wants_it_so()
    {
        var (certificates, key) = CertificatePlan.Issue([Root, Server with { Names = ["DNS:other.test"], FirstDay = -9, LastDay = -5 }]);
        using var server = new HandshakeServer([certificates[1]], key, (Tls12, Tls13));
        var check = new ServerCertificateCheck(new TrustAnchors(() => AnchorSource.Choose("", null)), verify: false);

        Assert.True(Handshake(server, check, "logs.test").IsOpen);
    }

    /// <summary>The same certificate with another key.</summary>
    static byte[] Forged(CertificatePlan plan) => CertificatePlan.Issue([plan with { Key = KeyKind.P384 }]).Certificates[0];

    static (bool IsOpen, string? Refusal, WireFailure Failure) Handshake(
        IReadOnlyList<byte[]> sent, byte[] key, IReadOnlyList<byte[]> trusted, string host, (int, int) versions)
    {
        using var server = new HandshakeServer(sent, key, versions);
        var pem = string.Join('\n', trusted.Select(der => PemEncoding.WriteString("CERTIFICATE", der)));
        // Without a certificate the value is no PEM text; it is the path of an empty file then.
        var source = pem.Length == 0 ? new AnchorSource("HTTP_TLS_CA", () => []) : AnchorSource.Choose(pem, null);
        return Handshake(server, new ServerCertificateCheck(new TrustAnchors(() => source)), host);
    }

    static (bool IsOpen, string? Refusal, WireFailure Failure) Handshake(HandshakeServer server, ServerCertificateCheck check, string host)
    {
        using var context = new TlsContext(check.SettingsFor(host));
        var limit = WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1));
        using var channel = context.Open(new ConnectRace([server.Address], limit).Run(out _)!);
        var isOpen = channel.TryHandshake(limit, out var failure);
        return (isOpen, check.RefusalReason(channel.Server), failure);
    }
}
