using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Endpoints that want to know who sends, by TLS, and endpoints that are not asked who they are.</summary>
public sealed class HttpDestinationIdentityTests : IDisposable
{
    readonly Authority _root = Authority.NewRoot();
    readonly X509Certificate2 _server;
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public HttpDestinationIdentityTests() => _server = _root.Issue();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _root.Dispose();
        _server.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Our_certificate_is_presented_where_it_is_asked_for(SslProtocols version)
    {
        using var certificate = _root.IssueToClient(_key);
        string? presented = null;
        await using var server = Start(version, given => presented = given?.GetCertHashString());
        using var destination = New(server, options => options with
        {
            TlsCert = certificate.ExportCertificatePem(),
            TlsKey = _key.ExportPkcs8PrivateKeyPem(),
        });

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal(certificate.GetCertHashString(), presented);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task An_endpoint_that_asks_in_vain_is_reported(SslProtocols version)
    {
        await using var server = Start(version, _ => { });
        using var destination = New(server, options => options);

        var result = await SendAsync(destination);

        Assert.Equal((Verdict.Retry, 0), (result.Verdict, result.Status));
        Assert.Equal((FailureKind.Reset, $"localhost:{server.Port} closed the connection before it responded"), (result.Failure, result.Detail));
    }

    [Fact]
    public async Task With_a_wrong_identity_nothing_is_connected_and_the_mistake_is_reported_at_once_and_with_each_batch()
    {
        await using var server = Start(SslProtocols.Tls13, _ => { });
        using var destination = New(server, options => options with { TlsCert = _root.Pem });
        var lines = new CollectedLines();

        destination.Prepare(lines.Log);
        var result = await SendAsync(destination);

        const string Mistake = "HTTP_TLS_CERT: got PEM text, or a value that is not a path; expected a key in PEM (-----BEGIN PRIVATE KEY-----), here or in "
            + "HTTP_TLS_KEY; nothing is sent";
        Assert.Equal([$"[EXTENSION] ERROR {Mistake}\n"], lines.Written);
        Assert.Equal((Verdict.Retry, 0, FailureKind.ClientCertificate, Mistake), (result.Verdict, result.Status, result.Failure, result.Detail));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public void Headers_that_cannot_be_filled_in_are_reported_when_the_way_is_prepared()
    {
        var lines = new CollectedLines();
        var options = new DestinationOptions { Url = "http://x/", Request = new() { Headers = [new("X-Account", "{account_id}")] } };
        using var destination = new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);

        destination.Prepare(lines.Log);

        Assert.Equal(
            ["[EXTENSION] WARN HTTP_HEADERS: X-Account is not sent, because the value of one of its placeholders is not known\n"], lines.Written);
    }

    [Theory]
    [InlineData(false, Verdict.Delivered)]
    [InlineData(true, Verdict.Retry)]
    internal async Task A_certificate_that_is_not_checked_may_be_anyone_s(bool verify, Verdict expected)
    {
        using var stranger = Authority.SelfSigned("elsewhere.example.com");
        await using var server = ScriptedServer.StartTls(stranger, [], ScriptedServer.Answering(200));
        using var destination = New(server, options => options with { TlsVerify = verify });

        Assert.Equal(expected, (await SendAsync(destination)).Verdict);
    }

    ScriptedServer Start(SslProtocols version, Action<X509Certificate?> presented)
    {
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificate = _server,
            EnabledSslProtocols = version,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, given, _, _) =>
            {
                presented(given);
                return given is not null;
            },
        };
        return ScriptedServer.StartTls(tls, ScriptedServer.Answering(200));
    }

    HttpDestination New(ScriptedServer server, Func<DestinationOptions, DestinationOptions> change)
    {
        var url = new UriBuilder(server.Endpoint) { Host = "localhost" }.Uri.AbsoluteUri;
        var options = change(new DestinationOptions { Url = url, TlsCa = _root.Pem });
        return new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);
    }

    static Task<SendResult> SendAsync(HttpDestination destination) =>
        destination.SendAsync("{}"u8.ToArray(), "1", Cancel).Within("the attempt to end");
}
