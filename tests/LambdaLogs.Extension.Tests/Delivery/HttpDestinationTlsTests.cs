using System.Security.Cryptography.X509Certificates;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Which certificates are accepted, which are refused, and what is said then.</summary>
public sealed class HttpDestinationTlsTests : IDisposable
{
    readonly Authority _root = Authority.NewRoot();
    readonly string _file = Path.Combine(Path.GetTempPath(), $"ca-{Guid.NewGuid():N}.pem");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _root.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task A_certificate_of_a_given_authority_is_accepted()
    {
        using var leaf = _root.Issue();

        await DeliversAsync(leaf, _root.Pem);
    }

    [Fact]
    public async Task The_authority_may_be_given_as_a_file()
    {
        using var leaf = _root.Issue();
        using var other = Authority.NewRoot("Another Root");
        await File.WriteAllTextAsync(_file, $"# a comment\n{other.Pem}\n\n# another\n{_root.Pem}\n", Cancel);

        await DeliversAsync(leaf, _file);
    }

    [Fact]
    public async Task The_authority_may_be_given_with_its_line_ends_written_out()
    {
        using var leaf = _root.Issue();

        await DeliversAsync(leaf, _root.Pem.ReplaceLineEndings("\\n"));
    }

    [Fact]
    public async Task The_systems_bundle_is_used_where_no_authority_is_given()
    {
        using var leaf = _root.Issue();
        await File.WriteAllTextAsync(_file, _root.Pem, Cancel);

        await DeliversAsync(leaf, ca: null, systemFile: _file);
    }

    [Fact]
    public async Task A_given_authority_takes_the_place_of_the_system_s()
    {
        using var leaf = _root.Issue();
        using var other = Authority.NewRoot("Another Root");
        await File.WriteAllTextAsync(_file, _root.Pem, Cancel);

        await RefusesAsync(leaf, "is not trusted by HTTP_TLS_CA", other.Pem, systemFile: _file);
    }

    [Fact]
    public async Task A_chain_over_an_intermediate_that_comes_along_is_accepted()
    {
        using var intermediate = _root.NewIntermediate();
        using var leaf = intermediate.Issue();

        await DeliversAsync(leaf, _root.Pem, [intermediate.Certificate]);
    }

    [Fact]
    public async Task An_intermediate_that_does_not_come_along_is_missed()
    {
        using var intermediate = _root.NewIntermediate();
        using var leaf = intermediate.Issue();

        await RefusesAsync(leaf, "issued by \"Test Intermediate\", is not trusted", _root.Pem);
    }

    [Fact]
    public async Task A_certificate_without_a_purpose_is_accepted()
    {
        using var leaf = _root.Issue(purpose: null);

        await DeliversAsync(leaf, _root.Pem);
    }

    [Fact]
    public async Task A_self_signed_certificate_that_is_given_is_accepted()
    {
        using var leaf = Authority.SelfSigned("localhost");

        await DeliversAsync(leaf, leaf.ExportCertificatePem());
    }

    [Fact]
    public async Task A_self_signed_certificate_that_is_not_given_is_refused()
    {
        using var leaf = Authority.SelfSigned("localhost");

        await RefusesAsync(leaf, "issued by \"localhost\", is not trusted", _root.Pem);
    }

    [Fact]
    public async Task Another_self_signed_certificate_of_the_same_name_is_refused()
    {
        using var leaf = Authority.SelfSigned("localhost");
        using var given = Authority.SelfSigned("localhost");

        await RefusesAsync(leaf, "not", given.ExportCertificatePem());
    }

    [Fact]
    public async Task An_unknown_authority_is_refused()
    {
        using var unknown = Authority.NewRoot("Unknown Root");
        using var leaf = unknown.Issue();

        await RefusesAsync(leaf, "issued by \"Unknown Root\", is not trusted by HTTP_TLS_CA", _root.Pem);
    }

    [Fact]
    public async Task An_unknown_root_that_comes_along_is_refused()
    {
        using var unknown = Authority.NewRoot("Unknown Root");
        using var leaf = unknown.Issue();

        await RefusesAsync(leaf, "is not trusted", _root.Pem, others: [unknown.Certificate]);
    }

    [Fact]
    public async Task Another_authority_of_a_trusted_name_is_refused()
    {
        using var impostor = Authority.NewRoot();
        using var leaf = impostor.Issue();

        await RefusesAsync(leaf, "not", _root.Pem, others: [impostor.Certificate]);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        using var leaf = _root.Issue("logs.example.com");

        await RefusesAsync(leaf, "the endpoint's certificate is for another host: logs.example.com", _root.Pem);
    }

    [Fact]
    public async Task A_self_signed_certificate_for_another_host_is_refused_even_where_it_is_given()
    {
        using var leaf = Authority.SelfSigned("logs.example.com");

        await RefusesAsync(leaf, "for another host", leaf.ExportCertificatePem());
    }

    [Fact]
    public async Task An_address_as_host_is_checked_too()
    {
        using var right = _root.Issue("127.0.0.1");
        using var wrong = _root.Issue("127.0.0.2");

        await DeliversAsync(right, _root.Pem, host: "127.0.0.1");
        await RefusesAsync(wrong, "for another host", _root.Pem, host: "127.0.0.1");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        using var leaf = _root.Issue(from: -30, until: -1);

        await RefusesAsync(leaf, "is expired or not yet valid; it is valid from ", _root.Pem);
    }

    [Fact]
    public async Task A_certificate_from_the_future_is_refused()
    {
        using var leaf = _root.Issue(from: 1, until: 30);

        await RefusesAsync(leaf, "is expired or not yet valid; it is valid from ", _root.Pem);
    }

    [Fact]
    public async Task An_expired_authority_is_refused()
    {
        using var old = Authority.NewRoot("Old Root", until: TimeProvider.System.GetUtcNow().AddDays(-10));
        using var leaf = old.Issue(from: -20, until: -11);

        await RefusesAsync(leaf, "is expired or not yet valid", old.Pem);
    }

    [Fact]
    public async Task A_certificate_for_clients_is_refused()
    {
        using var leaf = _root.Issue(purpose: Authority.ForClients);

        await RefusesAsync(leaf, "was not issued for servers", _root.Pem);
    }

    [Fact]
    public async Task A_certificate_signed_by_one_that_may_not_sign_is_refused()
    {
        using var notAnAuthority = _root.NewIntermediate("localhost", mayReallySign: false);
        using var leaf = notAnAuthority.Issue();

        await RefusesAsync(leaf, "the endpoint's certificate", _root.Pem, others: [notAnAuthority.Certificate]);
    }

    [Fact]
    public async Task A_file_that_is_missing_trusts_nobody()
    {
        using var leaf = _root.Issue();

        await RefusesAsync(leaf, $"is not trusted by HTTP_TLS_CA ({_file})", _file);
    }

    [Fact]
    public async Task A_refusal_is_reported_again_with_the_next_batch()
    {
        using var wrong = _root.Issue("logs.example.com");
        await using var server = ScriptedServer.StartTls(wrong, [], ScriptedServer.Answering(200));
        using var destination = To(server, _root.Pem);

        var first = await SendAsync(destination);
        var second = await SendAsync(destination);

        Assert.Equal((FailureKind.Tls, FailureKind.Tls), (first.Failure, second.Failure));
        Assert.Equal(first.Detail, second.Detail);
    }

    [Fact]
    public async Task Many_connections_share_what_was_looked_up()
    {
        using var intermediate = _root.NewIntermediate();
        using var leaf = intermediate.Issue();
        await using var server = ScriptedServer.StartTls(leaf, [intermediate.Certificate], ScriptedServer.Answering(200));
        using var destination = To(server, _root.Pem);
        for (var connection = 1; connection <= 20; connection++)
        {
            Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
            destination.InvalidateConnections();
        }

        Assert.Equal(20, server.Connections);
    }

    [Fact]
    public async Task An_endpoint_without_TLS_is_reported()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.Stream.ReadExactlyAsync(new byte[10], peer.Stopped);
            await peer.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        using var destination = New(new UriBuilder(server.Endpoint) { Scheme = "https" }.Uri, _root.Pem);

        var result = await SendAsync(destination);

        Assert.Equal((Verdict.Retry, 0, FailureKind.Tls), (result.Verdict, result.Status, result.Failure));
        Assert.StartsWith($"the TLS handshake with 127.0.0.1:{server.Port} failed: ", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_is_broken_off_is_reported()
    {
        await using var server = ScriptedServer.Start(async peer => await peer.Stream.ReadExactlyAsync(new byte[10], peer.Stopped));
        using var destination = New(new UriBuilder(server.Endpoint) { Scheme = "https" }.Uri, _root.Pem);

        Assert.Equal(FailureKind.Tls, (await SendAsync(destination)).Failure);
    }

    [Fact]
    public async Task A_handshake_that_hangs_costs_the_time_of_one_attempt()
    {
        var clock = new ManualClock();
        await using var server = ScriptedServer.Start(peer => peer.HangAsync());
        var options = new DestinationOptions { Url = $"https://127.0.0.1:{server.Port}/logs", TlsCa = _root.Pem };
        using var destination = new HttpDestination(options, Some.Format(), new RetryOptions(), clock);
        using var look = new InterruptSignal();
        var sending = destination.SendAsync("{}"u8.ToArray(), "1", Cancel, look);
        await server.NextConnectionAsync();

        clock.Advance(TimeSpan.FromSeconds(30));
        look.Signal();

        Assert.Equal((Verdict.Retry, FailureKind.TimedOut), ((await sending).Verdict, (await sending).Failure));
    }

    [Fact]
    public async Task A_pooled_TLS_connection_that_dies_under_a_batch_is_replaced_within_the_same_attempt()
    {
        using var leaf = _root.Issue();
        await using var server = ScriptedServer.StartTls(leaf, [], async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.RespondAsync(200);
            if (peer.Number > 1)
                await peer.HangAsync();

            await peer.Stream.ReadExactlyAsync(new byte[10], peer.Stopped);
            peer.Reset();
        });
        using var destination = To(server, _root.Pem);
        await SendAsync(destination);

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal(2, server.Connections);
    }

    static HttpDestination To(ScriptedServer server, string? ca, string host = "localhost", string? systemFile = null) =>
        New(new UriBuilder(server.Endpoint) { Host = host }.Uri, ca, systemFile);

    static HttpDestination New(Uri endpoint, string? ca, string? systemFile = null)
    {
        var options = new DestinationOptions
        {
            Url = endpoint.AbsoluteUri,
            TlsCa = ca,
            SystemCaFile = systemFile,
            Authentication = Authentication.Bearer("SECRET"),
        };
        return new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);
    }

    static Task<SendResult> SendAsync(HttpDestination destination) =>
        destination.SendAsync("{\"logs\":[]}"u8.ToArray(), "1", Cancel).Within("the attempt to end");

    static async Task DeliversAsync(
        X509Certificate2 leaf, string? ca, X509Certificate2Collection? others = null, string host = "localhost", string? systemFile = null)
    {
        await using var server = ScriptedServer.StartTls(leaf, others ?? [], ScriptedServer.Answering(200));
        using var destination = To(server, ca, host, systemFile);

        Assert.Equal(new SendResult(Verdict.Delivered, 200, FailureKind.None, null), await SendAsync(destination));
        Assert.Equal("{\"logs\":[]}", (await server.NextRequestAsync()).Text);
    }

    static async Task RefusesAsync(
        X509Certificate2 leaf,
        string reason,
        string? ca,
        X509Certificate2Collection? others = null,
        string host = "localhost",
        string? systemFile = null)
    {
        var asked = false;
        Func<Peer, Task> script = async peer => asked |= await peer.ReadRequestAsync() is not null;
        await using var server = ScriptedServer.StartTls(leaf, others ?? [], script);
        using var destination = To(server, ca, host, systemFile);

        var result = await SendAsync(destination);

        Assert.Equal((Verdict.Retry, 0, FailureKind.Tls), (result.Verdict, result.Status, result.Failure));
        Assert.Contains(reason, result.Detail, StringComparison.Ordinal);
        Assert.False(asked);
    }
}
