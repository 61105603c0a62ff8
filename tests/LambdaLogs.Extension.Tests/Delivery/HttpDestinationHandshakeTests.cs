using System.Security.Cryptography;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Endpoints that ask for a new handshake or change keys on an open connection.</summary>
public sealed class HttpDestinationHandshakeTests
{
    const string Response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    const int Tls12 = 0x0303;
    const int Tls13 = 0x0304;

    static readonly CertificatePlan[] Chain = [CertificatePlan.Authority("Root"), CertificatePlan.Server("DNS:localhost")];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handshake_that_is_asked_for_between_batches_costs_the_connection_and_no_batch()
    {
        var connections = 0;
        using var test = Start(Tls12, ssl =>
        {
            var isFirst = Interlocked.Increment(ref connections) == 1;
            while (HandshakeServer.ReadRequest(ssl))
            {
                HandshakeServer.Write(ssl, Response);
                if (isFirst)
                    HandshakeServer.AskForHandshake(ssl);
            }
        });

        Assert.Equal(Verdict.Delivered, (await test.SendAsync("1")).Verdict);
        Assert.Equal(Verdict.Delivered, (await test.SendAsync("2")).Verdict);
        Assert.Equal(Verdict.Delivered, (await test.SendAsync("3")).Verdict);
        Assert.Equal(2, Volatile.Read(ref connections));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 O")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    public async Task A_handshake_that_is_asked_for_before_the_response_is_refused_and_the_batch_sent_again(string begun)
    {
        var connections = 0;
        using var test = Start(Tls12, ssl =>
        {
            var isFirst = Interlocked.Increment(ref connections) == 1;
            while (HandshakeServer.ReadRequest(ssl))
            {
                HandshakeServer.Write(ssl, isFirst ? begun : Response);
                if (isFirst)
                    HandshakeServer.AskForHandshake(ssl);
            }
        });

        var first = await test.SendAsync("1");
        var second = await test.SendAsync("1");

        Assert.Equal((Verdict.Retry, 0, FailureKind.Reset), (first.Verdict, first.Status, first.Failure));
        Assert.EndsWith(" closed the connection before it responded", first.Detail, StringComparison.Ordinal);
        Assert.Equal(Verdict.Delivered, second.Verdict);
    }

    [Fact]
    public async Task Keys_may_be_changed_at_any_time()
    {
        var connections = 0;
        using var test = Start(Tls13, ssl =>
        {
            Interlocked.Increment(ref connections);
            while (HandshakeServer.ReadRequest(ssl))
            {
                HandshakeServer.ChangeKeys(ssl);
                HandshakeServer.Write(ssl, Response[..20]);
                HandshakeServer.ChangeKeys(ssl);
                HandshakeServer.Write(ssl, Response[20..]);
                HandshakeServer.ChangeKeys(ssl);
            }
        });

        for (var batch = 0; batch < 5; batch++)
            Assert.Equal(Verdict.Delivered, (await test.SendAsync($"{batch}")).Verdict);
        Assert.Equal(1, Volatile.Read(ref connections));
    }

    static Session Start(int version, Action<nint> script)
    {
        var (certificates, key) = CertificatePlan.Issue(Chain);
        var server = new HandshakeServer([certificates[1]], key, (version, version), script);
        var options = new DestinationOptions
        {
            Url = $"https://localhost:{server.Port}/logs",
            TlsCa = PemEncoding.WriteString("CERTIFICATE", certificates[0]),
        };
        return new Session(server, new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System));
    }

    sealed class Session(HandshakeServer server, HttpDestination destination) : IDisposable
    {
        public Task<SendResult> SendAsync(string batch) =>
            destination.SendAsync("{}"u8.ToArray(), batch, Cancel).Within("the attempt to end");

        public void Dispose()
        {
            destination.Dispose();
            server.Dispose();
        }
    }
}
