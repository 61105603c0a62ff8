namespace LambdaLogs.EndToEnd.Peers;

/// <summary>The shipped layer finds its way through a real proxy to an endpoint that only the proxy can reach.</summary>
public sealed class SquidTests : IAsyncDisposable
{
    Squid? _squid;
    Nginx? _nginx;

    public async ValueTask DisposeAsync()
    {
        if (_squid is not null)
            await _squid.DisposeAsync();

        if (_nginx is not null)
            await _nginx.DisposeAsync();
    }

    [Fact]
    public async Task An_https_endpoint_is_reached_by_one_tunnel_with_credentials()
    {
        await using var scene = await StartAsync("https", "me:s3cr3t@");
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination).SequenceEqual(["hello", "hello"]), scene.Story());
        Assert.All(scene.Destination.Requests, r => Assert.Equal(("HTTP/1.1", null), (r.Header("X-Seen-Protocol"), r.Header("Proxy-Authorization"))));
        Assert.All(_squid!.Requests, line => Assert.Equal($"200 CONNECT logs.test:{_nginx!.Port} me", line));
    }

    [Fact]
    public async Task An_http_endpoint_is_reached_without_being_asked_twice()
    {
        await using var scene = await StartAsync("http", "me:s3cr3t@");
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination).SequenceEqual(["hello"]), scene.Story());
        Assert.All(_squid!.Requests, line => Assert.Equal($"200 POST http://logs.test:{scene.Destination.Port}/logs me", line));
    }

    [Theory]
    [InlineData("https", "", "requires credentials (407)")]
    [InlineData("http", "", "requires credentials (407)")]
    [InlineData("https", "me:wr0ng@", "rejected the credentials in HTTPS_PROXY (407)")]
    [InlineData("http", "me:wr0ng@", "rejected the credentials in HTTP_PROXY (407)")]
    public async Task Credentials_that_are_missing_or_wrong_are_reported_and_lose_nothing(string scheme, string credentials, string expected)
    {
        await using var scene = await StartAsync(scheme, credentials);
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        scene.HasLogged($"the proxy 127.0.0.1:{_squid!.Port} {expected}");
        Assert.DoesNotContain(scene.OwnLines, l => l.Contains("wr0ng", StringComparison.Ordinal));
        Assert.Empty(scene.Destination.Requests);
        Assert.Equal(0, summary.Delivered);
    }

    [Theory]
    [InlineData("forbidden.test", "status 403")]
    [InlineData("closed.test", "status 503")]
    public async Task A_host_that_the_proxy_refuses_is_reported_with_its_status(string host, string expected)
    {
        await using var scene = await StartAsync("https", "me:s3cr3t@", host);
        await scene.InvokeAsync();

        scene.HasLogged($"the proxy 127.0.0.1:{_squid!.Port} refused to connect to {host}:{_nginx!.Port}: {expected}");
    }

    [Fact]
    public async Task A_host_of_NO_PROXY_is_looked_for_without_the_proxy()
    {
        await using var scene = await StartAsync("https", "me:s3cr3t@", change: variables => variables["NO_PROXY"] = ".test");
        await scene.InvokeAsync();

        scene.HasLogged("the name logs.test cannot be resolved");
        Assert.Empty(_squid!.Requests);
    }

    Task<Scene> StartAsync(
        string scheme,
        string credentials,
        string host = "logs.test",
        Action<Dictionary<string, string>>? change = null) => Scene.StartAsync(approach: async destination =>
        {
            _squid = await Squid.StartAsync(wantsCredentials: true);
            _nginx = scheme == "https" ? await Nginx.StartAsync(destination.Port, "ssl http2") : null;
            var variables = new Dictionary<string, string>
            {
                ["HTTP_ENDPOINT"] = $"{scheme}://{host}:{_nginx?.Port ?? destination.Port}/logs",
                ["HTTP_PROXY"] = $"http://{credentials}127.0.0.1:{_squid.Port}",
                ["HTTPS_PROXY"] = $"http://{credentials}127.0.0.1:{_squid.Port}",
                ["HTTP_TLS_CA"] = _nginx?.Certificates.Authority ?? "",
            };
            change?.Invoke(variables);
            return variables;
        });
}
