using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd.Peers;

/// <summary>The shipped layer delivers to a real gateway, in each way that gateways ask for.</summary>
public sealed class NginxTests : IAsyncDisposable
{
    readonly PeerFolder _files = new("client");
    Nginx? _nginx;

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
            await _nginx.DisposeAsync();

        _files.Dispose();
    }

    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task Both_versions_of_TLS_are_spoken(string version)
    {
        var request = await DeliverAsync("ssl", $"ssl_protocols {version};");

        Assert.Equal((version, "HTTP/1.1"), (request.Header("X-Seen-Tls"), request.Header("X-Seen-Protocol")));
    }

    [Theory]
    [InlineData("ssl_protocols TLSv1.3;", "TLS_AES_128_GCM_SHA256")]
    [InlineData("ssl_protocols TLSv1.3; ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;", "TLS_AES_256_GCM_SHA384")]
    [InlineData("ssl_protocols TLSv1.3; ssl_conf_command Ciphersuites TLS_CHACHA20_POLY1305_SHA256;", "TLS_CHACHA20_POLY1305_SHA256")]
    [InlineData("ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256;", "ECDHE-ECDSA-AES128-GCM-SHA256")]
    [InlineData("ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384;", "ECDHE-ECDSA-AES256-GCM-SHA384")]
    public async Task A_session_is_resumed_when_each_response_ends_its_connection(string directives, string suite)
    {
        await using var scene = await StartAsync("ssl", "keepalive_timeout 0; " + directives);
        for (var invocation = 0; invocation < 3; invocation++)
            await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(0, summary.Dropped);
        Assert.Equal(
            [(".", suite), ("r", suite), ("r", suite)],
            scene.Destination.Requests.Take(3).Select(request => (request.Header("X-Seen-Session"), request.Header("X-Seen-Suite"))));
    }

    [Theory]
    [InlineData("ssl http2", "auto", "https")]
    [InlineData("ssl http2", "2", "https")]
    [InlineData("ssl", "1.1", "https")]
    [InlineData("", "2", "http")]
    public async Task HTTP_1_1_is_spoken_whatever_was_asked_for(string listen, string version, string scheme)
    {
        var request = await DeliverAsync(listen, "", _ => new() { ["HTTP_VERSION"] = version }, scheme);

        Assert.Equal("HTTP/1.1", request.Header("X-Seen-Protocol"));
    }

    [Theory]
    [InlineData("files")]
    [InlineData("one file")]
    [InlineData("text")]
    public async Task A_client_certificate_is_presented_from_files_and_from_text(string from)
    {
        const string Directives = "ssl_client_certificate FOLDER/authority.pem; ssl_verify_client on;";

        var request = await DeliverAsync("ssl", Directives, nginx => from switch
        {
            "files" => new()
            {
                ["HTTP_TLS_CERT"] = _files.Write("cert.pem", nginx.Certificates.Client),
                ["HTTP_TLS_KEY"] = _files.Write("key.pem", nginx.Certificates.ClientKey),
            },
            "one file" => new() { ["HTTP_TLS_CERT"] = _files.Write("both.pem", nginx.Certificates.ClientKey + "\n" + nginx.Certificates.Client) },
            _ => new()
            {
                ["HTTP_TLS_CERT"] = nginx.Certificates.Client.ReplaceLineEndings("\\n"),
                ["HTTP_TLS_KEY"] = nginx.Certificates.ClientKey,
            },
        });

        Assert.Equal("CN=our-function", request.Header("X-Seen-Client"));
    }

    [Fact]
    public async Task Without_the_certificate_the_refusal_is_reported()
    {
        await using var scene = await StartAsync("ssl", "ssl_client_certificate FOLDER/authority.pem; ssl_verify_client on;");
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Contains(scene.OwnLines, l => l.Contains("status 400", StringComparison.Ordinal) && l.Contains("SSL certificate", StringComparison.Ordinal));
        Assert.True(summary.Dropped > 0);
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_reported_and_breaks_nothing()
    {
        var other = new PeerCertificates();
        await using var scene = await StartAsync("ssl", "ssl_client_certificate FOLDER/authority.pem; ssl_verify_client on;", nginx => new()
        {
            ["HTTP_TLS_CERT"] = nginx.Certificates.Client,
            ["HTTP_TLS_KEY"] = other.ClientKey,
        });
        var result = await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Null(result.FunctionError);
        scene.HasLogged(
            "[EXTENSION] ERROR HTTP_TLS_KEY: got PEM text, or a value that is not a path; "
            + "expected the RSA or EC key that belongs to the certificate in HTTP_TLS_CERT; nothing is sent");
        Assert.Empty(scene.Destination.Requests);
    }

    [Fact]
    public async Task Basic_authentication_opens_the_door()
    {
        var request = await DeliverAsync("ssl", "auth_basic x; auth_basic_user_file FOLDER/users;", _ => new()
        {
            ["HTTP_AUTH_TYPE"] = "basic",
            ["HTTP_AUTH_USERNAME"] = "me",
            ["HTTP_AUTH_CREDENTIALS"] = "s3cr3t",
        });

        Assert.Equal("/logs", request.Target);
    }

    [Fact]
    public async Task A_wrong_password_is_reported_with_the_status_and_never_shown()
    {
        await using var scene = await StartAsync("ssl", "auth_basic x; auth_basic_user_file FOLDER/users;", _ => new()
        {
            ["HTTP_AUTH_TYPE"] = "basic",
            ["HTTP_AUTH_USERNAME"] = "me",
            ["HTTP_AUTH_CREDENTIALS"] = "wr0ng",
        });
        await scene.InvokeAsync();
        await scene.EndAsync();

        scene.HasLogged("status 401");
        Assert.DoesNotContain(scene.OwnLines, l => l.Contains("wr0ng", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", "https")]
    [InlineData("gzip", "https")]
    [InlineData("none", "http")]
    public async Task A_body_above_the_gateway_s_limit_is_split_until_it_fits(string compression, string scheme)
    {
        // Lines of noise, which gzip cannot make small.
        var lines = Enumerable.Range(0, 60).Select(i => $"{i} {Convert.ToHexString(Noise(i))}").ToList();
        await using var scene = await StartAsync(
            scheme == "https" ? "ssl http2" : "",
            "client_max_body_size 8k;",
            _ => new() { ["HTTP_COMPRESSION"] = compression },
            scheme,
            invocation =>
            {
                lines.ForEach(invocation.Log);
                return Task.FromResult("{}");
            });
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(lines.Order(), Delivered.Lines(scene.Destination).Distinct().Order());
        Assert.Equal(0, summary.Dropped);
        Assert.All(scene.Destination.Requests, r => Assert.InRange(r.Body.Length, 1, 8 * 1024));
        Assert.All(scene.Destination.Requests, r => Assert.Equal(compression == "gzip" ? "gzip" : null, r.Header("Content-Encoding")));
    }

    [Fact]
    public async Task Method_headers_and_compression_arrive_through_a_gateway_as_well()
    {
        var request = await DeliverAsync("ssl http2", "", _ => new()
        {
            ["HTTP_METHOD"] = "PUT",
            ["HTTP_COMPRESSION"] = "gzip",
            ["HTTP_HEADERS"] = "X-Function={function_name}/{function_version}, X-Region={region}, X-Account={account_id}, X-List=\"a, b\"",
        });

        Assert.Equal(("PUT", "gzip", "HTTP/1.1"), (request.Method, request.Header("Content-Encoding"), request.Header("X-Seen-Protocol")));
        Assert.Equal("a, b", request.Header("X-List"));
        Assert.Matches("^[^{}]+/[^{}]+$", request.Header("X-Function"));
        Assert.Matches("^[a-z0-9-]+$", request.Header("X-Region"));
        Assert.Equal("123456789012", request.Header("X-Account"));
    }

    [Fact]
    public async Task A_certificate_that_is_not_checked_is_warned_of_at_every_start()
    {
        await using var scene = await StartAsync("ssl", "", _ => new() { ["HTTP_TLS_CA"] = "", ["HTTP_TLS_VERIFY"] = "false" });
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Equal(["hello"], Delivered.Lines(scene.Destination));
        Assert.Single(scene.OwnLines, l => l.StartsWith("[EXTENSION] WARN HTTP_TLS_VERIFY is false", StringComparison.Ordinal));
    }

    static byte[] Noise(int seed)
    {
        var noise = new byte[400];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    async Task<ReceivedRequest> DeliverAsync(
        string listen, string directives, Func<Nginx, Dictionary<string, string>>? environment = null, string scheme = "https")
    {
        await using var scene = await StartAsync(listen, directives, environment, scheme);
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination).SequenceEqual(["hello"]), scene.Story());
        Assert.Equal(0, summary.Dropped);
        return scene.Destination.Requests[0];
    }

    Task<Scene> StartAsync(
        string listen,
        string directives,
        Func<Nginx, Dictionary<string, string>>? environment = null,
        string scheme = "https",
        Func<InvocationContext, Task<string>>? function = null) => Scene.StartAsync(function, approach: async destination =>
        {
            _nginx = await Nginx.StartAsync(destination.Port, listen, directives);
            var variables = new Dictionary<string, string>
            {
                ["HTTP_ENDPOINT"] = $"{scheme}://localhost:{_nginx.Port}/logs",
                ["HTTP_TLS_CA"] = _nginx.Certificates.Authority,
            };
            foreach (var (name, value) in environment?.Invoke(_nginx) ?? [])
                variables[name] = value;

            return variables;
        });
}
