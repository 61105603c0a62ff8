using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Checks;

/// <summary>What <c>--check</c> says of an endpoint, good or broken in each way, and what it advises.</summary>
public sealed class CheckTests
{
    [Fact]
    public async Task A_good_endpoint_gets_one_marked_record()
    {
        await using var server = ScriptedServer.StartAnswering(202);

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", $"{server.Endpoint}?key=s3cr3t"), ("HTTP_AUTH_TYPE", "bearer"), ("HTTP_AUTH_CREDENTIALS", "s3cr3t"));

        Assert.Equal((0, "The endpoint accepts logs."), (check.ExitCode, check.Verdict));
        Assert.Matches(@"^  credentials   ok +N ms  bearer$", check.Step("credentials"));
        Assert.Matches(@"^  proxy         ok +none$", check.Step("proxy"));
        Assert.Matches(@"^  name          ok +N ms  127\.0\.0\.1 is an address$", check.Step("name"));
        Assert.Matches($@"^  connection    ok +N ms  127\.0\.0\.1:{server.Port}$", check.Step("connection"));
        Assert.Null(check.Step("tls"));
        Assert.Matches(@"^  test record   ok +N ms  \d+ bytes of application/json: status 202, the endpoint accepted it$", check.Step("test record"));
        Assert.DoesNotContain("s3cr3t", check.Output, StringComparison.Ordinal);

        var request = await server.NextRequestAsync();
        Assert.Equal("Bearer s3cr3t", request.Header("Authorization"));
        using var body = JsonDocument.Parse(request.Body);
        var record = Assert.Single(body.RootElement.GetProperty("logs").EnumerateArray().ToList());
        Assert.Equal("extension.check", record.GetProperty("log_type").GetString());
        Assert.True(record.GetProperty("attributes").GetProperty("test").GetBoolean());
    }

    [Fact]
    public async Task Settings_are_shown_with_their_source_and_without_secrets()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        var check = await CheckScene.RunAsync(
            showsAll: true,
            ("HTTP_ENDPOINT", $"http://127.0.0.1:{server.Port}/a/s3cr3t"),
            ("HTTP_AUTH_TYPE", "basic"),
            ("HTTP_AUTH_USERNAME", "me"),
            ("HTTP_AUTH_CREDENTIALS", "s3cr3t"),
            ("https_proxy", "http://me:s3cr3t@proxy:3128"),
            ("LOGS_FLUSH_MODE", "never"));

        Assert.Equal(["HTTP_ENDPOINT", $"http://127.0.0.1:{server.Port}/a/…", "environment"], check.Row("HTTP_ENDPOINT"));
        Assert.Equal(["HTTP_AUTH_CREDENTIALS", "a secret of 6 characters", "environment"], check.Row("HTTP_AUTH_CREDENTIALS"));
        Assert.Equal(["HTTPS_PROXY", "a secret of 27 characters", "environment, by https_proxy"], check.Row("HTTPS_PROXY"));
        Assert.Equal(["HTTP_TIMEOUT_SECONDS", "30", "default"], check.Row("HTTP_TIMEOUT_SECONDS"));
        Assert.Equal(["LOGS_FLUSH_MODE", "never", "environment, see the problems: using auto"], check.Row("LOGS_FLUSH_MODE"));
        Assert.Contains("\n  LOGS_FLUSH_MODE: got \"never\"; expected auto, end or next; using auto\n", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", check.Output, StringComparison.Ordinal);
        Assert.Equal((1, "The endpoint accepts logs, but the settings have problems, see above."), (check.ExitCode, check.Verdict));
    }

    [Fact]
    public async Task What_is_set_and_what_follows_from_it_is_shown_and_the_rest_with_all()
    {
        (string, string?)[] variables = [("HTTP_ENDPOINT", "http://127.0.0.1:1"), ("LOGS_FORMAT", "splunk_hec"), ("HTTP_AUTH_TYPE", "api_key"), ("HTTP_AUTH_CREDENTIALS", "x"), ("HTTP_TEST_MODE", "true")];
        var check = await CheckScene.RunAsync(variables);
        Assert.Equal(["HTTP_ENDPOINT", "http://127.0.0.1:1/services/… (with /services/collector/event)", "environment"], check.Row("HTTP_ENDPOINT"));
        Assert.Equal(["HTTP_AUTH_HEADER_NAME", "Authorization", "follows from LOGS_FORMAT=splunk_hec"], check.Row("HTTP_AUTH_HEADER_NAME"));
        Assert.Equal(["LOGS_BATCH_MAX_BYTES", "1000000", "follows from LOGS_FORMAT=splunk_hec"], check.Row("LOGS_BATCH_MAX_BYTES"));
        Assert.Equal(["HTTP_COMPRESSION", "gzip", "follows from LOGS_FORMAT=splunk_hec"], check.Row("HTTP_COMPRESSION"));
        Assert.Equal(["LOGS_BUFFER_MAX_BYTES", "6710886", "follows from the function's memory"], check.Row("LOGS_BUFFER_MAX_BYTES"));
        Assert.DoesNotContain("  LOGS_FLUSH_MODE", check.Output);
        Assert.DoesNotContain(" default\n", check.Output);
        Assert.Equal(["LOGS_FLUSH_MODE", "auto", "default"], (await CheckScene.RunAsync(showsAll: true, variables)).Row("LOGS_FLUSH_MODE"));
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_tried()
    {
        var check = await CheckScene.RunAsync();

        Assert.Equal((1, "Nothing would be sent until the configuration is corrected."), (check.ExitCode, check.Verdict));
        Assert.Contains("HTTP_ENDPOINT: not set; ", check.Output, StringComparison.Ordinal);
        Assert.Null(check.Step("name"));
    }

    [Fact]
    public async Task Test_mode_shows_the_record_instead_of_sending_it()
    {
        await using var server = ScriptedServer.StartAnswering(500);

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", server.Endpoint.AbsoluteUri), ("HTTP_TEST_MODE", "true"));
        var without = await CheckScene.RunAsync(("HTTP_TEST_MODE", "true"));

        foreach (var scene in new[] { check, without })
        {
            Assert.Equal((0, "All steps succeeded; in test mode nothing is sent."), (scene.ExitCode, scene.Verdict));
            Assert.Contains("\n[EXTENSION] {\"logs\":[", scene.Output, StringComparison.Ordinal);
            Assert.EndsWith("application/json, shown above instead of sent", scene.Step("test record"));
        }

        Assert.NotNull(check.Step("connection"));
        Assert.Null(without.Step("connection"));
    }

    public static TheoryData<int, string, string> Refusals => new()
    {
        { 400, "the endpoint rejects it; batches would be dropped", "the endpoint expects another body: try another LOGS_FORMAT" },
        { 401, "the endpoint refused the authentication; batches would be dropped", "the endpoint requires credentials: set HTTP_AUTH_TYPE" },
        { 403, "the endpoint refused the authentication; batches would be dropped", "the endpoint requires credentials: set HTTP_AUTH_TYPE" },
        { 404, "the endpoint rejects it; batches would be dropped", "nothing exists at this path: check the path of HTTP_ENDPOINT" },
        { 405, "the endpoint rejects it; batches would be dropped", "the endpoint expects another method" },
        { 413, "one small record is too large for the endpoint; batches would be dropped", "raise the limit of the endpoint" },
        { 429, "the endpoint is busy or failing; batches would be kept and retried", "the endpoint limits requests" },
        { 500, "the endpoint is busy or failing; batches would be kept and retried", "look into the endpoint's own log" },
        { 503, "the endpoint is busy or failing; batches would be kept and retried", "look into the endpoint's own log" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_reported_with_its_meaning_and_what_to_change(int status, string meaning, string advice)
    {
        await using var server = ScriptedServer.StartAnswering(status, "says no");

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", server.Endpoint.AbsoluteUri));

        Assert.Equal((1, "The endpoint does not accept logs."), (check.ExitCode, check.Verdict));
        Assert.EndsWith($": status {status} (says no), {meaning}", check.Step("test record"));
        Assert.StartsWith(advice, check.Advice);
    }

    [Theory]
    [InlineData("basic", "HTTP_AUTH_USERNAME and HTTP_AUTH_CREDENTIALS are not accepted")]
    [InlineData("bearer", "HTTP_AUTH_CREDENTIALS are not accepted")]
    [InlineData("api_key", "HTTP_AUTH_CREDENTIALS are not accepted, or HTTP_AUTH_HEADER_NAME is not the endpoint's header")]
    public async Task Refused_credentials_are_named_by_their_variables(string type, string advice)
    {
        await using var server = ScriptedServer.StartAnswering(401);

        var check = await CheckScene.RunAsync(
            ("HTTP_ENDPOINT", server.Endpoint.AbsoluteUri), ("HTTP_AUTH_TYPE", type), ("HTTP_AUTH_USERNAME", "me"), ("HTTP_AUTH_CREDENTIALS", "x"));

        Assert.Equal(advice, check.Advice);
    }

    [Fact]
    public async Task A_redirect_is_reported_with_its_target()
    {
        await using var server = ScriptedServer.StartAnswering(308, headers: "Location: /elsewhere\r\n");

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", server.Endpoint.AbsoluteUri));

        Assert.Contains($"redirected to http://127.0.0.1:{server.Port}/elsewhere", check.Step("test record"));
        Assert.Equal("set HTTP_ENDPOINT to the target of the redirect", check.Advice);
    }

    [Fact]
    public async Task A_name_that_is_none_is_reported()
    {
        var host = new string('a', 64) + ".invalid";

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", $"http://{host}/"));

        Assert.Equal(1, check.ExitCode);
        Assert.Matches($@"^  name          FAILED +N ms  the name {host} cannot be resolved$", check.Step("name"));
        Assert.StartsWith("check the host in HTTP_ENDPOINT", check.Advice);
        Assert.Null(check.Step("connection"));
    }

    [Fact]
    public async Task A_closed_port_is_reported()
    {
        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", "http://127.0.0.1:1/"));

        Assert.Matches(@"^  connection    FAILED +N ms  127\.0\.0\.1:1 refused the connection$", check.Step("connection"));
        Assert.Equal("nothing listens there: check host and port in HTTP_ENDPOINT", check.Advice);
        Assert.Null(check.Step("test record"));
    }

    [Fact]
    public async Task A_host_that_swallows_packets_is_reported()
    {
        using var full = new FullListener();

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", full.Endpoint.AbsoluteUri), ("HTTP_TIMEOUT_SECONDS", "200ms"));

        Assert.Matches(@"^  connection    FAILED +N ms  127\.0\.0\.1:\d+ did not respond in time$", check.Step("connection"));
        Assert.Contains("NAT gateway", check.Advice);
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_reported()
    {
        await using var server = ScriptedServer.Start(peer => peer.HangAsync());

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", server.Endpoint.AbsoluteUri), ("HTTP_TIMEOUT_SECONDS", "200ms"));

        Assert.Contains("did not respond in time", check.Step("test record"));
        Assert.Equal(1, check.ExitCode);
    }

    [Fact]
    public async Task Tls_is_reported_with_version_names_end_and_chain()
    {
        using var root = Authority.NewRoot();
        using var intermediate = root.NewIntermediate();
        using var leaf = intermediate.Issue(until: 41);
        await using var server = ScriptedServer.StartTls(leaf, [intermediate.Certificate], ScriptedServer.Answering(200));

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", $"https://localhost:{server.Port}/"), ("HTTP_TLS_CA", root.Pem));

        Assert.Equal(0, check.ExitCode);
        Assert.Matches(@"^  tls           ok +N ms  TLS 1\.3$", check.Step("tls"));
        Assert.Matches(
            @"^certificate for localhost, until \d{4}-\d\d-\d\d \(40 days left\), "
            + "issued by \"Test Intermediate\"; chain: \"localhost\" < \"Test Intermediate\"$",
            check.Certificate);
        Assert.EndsWith("status 200, the endpoint accepted it", check.Step("test record"));
    }

    [Fact]
    public async Task An_authority_that_is_not_trusted_is_reported()
    {
        using var root = Authority.NewRoot();
        using var other = Authority.NewRoot("Other");
        using var leaf = root.Issue();

        var check = await CheckTlsAsync(leaf, other.Pem);

        Assert.Contains("FAILED", check.Step("tls"));
        Assert.Contains("issued by \"Test Root\", is not trusted by HTTP_TLS_CA", check.Step("tls"));
        Assert.Equal("set HTTP_TLS_CA to the certificate of the authority that issued it, as a path or PEM text", check.Advice);
        Assert.Null(check.Step("test record"));
    }

    [Fact]
    public async Task A_certificate_that_has_ended_is_reported()
    {
        using var root = Authority.NewRoot();
        using var leaf = root.Issue(from: -9, until: -2);

        var check = await CheckTlsAsync(leaf, root.Pem);

        Assert.Contains("is expired or not yet valid", check.Step("tls"));
        Assert.Contains("(2 days ago)", check.Certificate);
        Assert.StartsWith("renew the endpoint's certificate, or correct this machine's clock (", check.Advice);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_reported()
    {
        using var root = Authority.NewRoot();
        using var leaf = root.Issue("logs.example.com");

        var check = await CheckTlsAsync(leaf, root.Pem);

        Assert.StartsWith("certificate for logs.example.com, until", check.Certificate);
        Assert.Equal("set HTTP_ENDPOINT to a host the certificate is for, or give the endpoint one for localhost", check.Advice);
    }

    [Fact]
    public async Task A_port_without_tls_is_reported()
    {
        await using var server = ScriptedServer.StartAnswering(200);

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", $"https://localhost:{server.Port}/"), ("HTTP_TIMEOUT_SECONDS", "2s"));

        Assert.Contains("FAILED", check.Step("tls"));
        Assert.Equal(1, check.ExitCode);
    }

    [Fact]
    public async Task A_check_that_is_switched_off_is_reported()
    {
        using var root = Authority.NewRoot();
        using var leaf = root.Issue("logs.example.com");
        await using var server = ScriptedServer.StartTls(leaf, [], ScriptedServer.Answering(200));

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", $"https://localhost:{server.Port}/"), ("HTTP_TLS_VERIFY", "false"));

        Assert.Equal(0, check.ExitCode);
        Assert.EndsWith("TLS 1.3, certificate NOT VERIFIED (HTTP_TLS_VERIFY=false)", check.Step("tls"));
        Assert.StartsWith("certificate for logs.example.com, until", check.Certificate);
        Assert.Contains("\n  warning: HTTP_TLS_VERIFY is false", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_reported()
    {
        await using var proxy = ScriptedServer.StartAnswering(407);

        var check = await CheckScene.RunAsync(("HTTP_ENDPOINT", "https://logs.example.com/"), ("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}"));

        Assert.EndsWith($"127.0.0.1:{proxy.Port}, by HTTPS_PROXY", check.Step("proxy"));
        Assert.Contains("FAILED", check.Step("tunnel"));
        Assert.Contains("(407)", check.Step("tunnel"));
        Assert.Equal(1, check.ExitCode);
    }

    [Fact]
    public async Task Credentials_out_of_a_store_are_read_first()
    {
        await using var stores = new FakeStores();
        await using var server = ScriptedServer.StartAnswering(200);

        var check = await CheckStoredAsync(stores, server);

        Assert.Equal(0, check.ExitCode);
        Assert.EndsWith($"bearer, bearer from {FakeStores.SecretArn}", check.Step("credentials"));
        Assert.Equal(["HTTP_AUTH_CREDENTIALS", FakeStores.SecretArn, "environment"], check.Row("HTTP_AUTH_CREDENTIALS"));
        Assert.Equal("Bearer first", (await server.NextRequestAsync()).Header("Authorization"));
    }

    [Fact]
    public async Task Credentials_that_cannot_be_read_are_reported()
    {
        await using var stores = new FakeStores { Failure = (400, """{"__type":"ResourceNotFoundException","Message":"no such secret"}""") };
        await using var server = ScriptedServer.StartAnswering(200);

        var check = await CheckStoredAsync(stores, server);

        Assert.Equal(1, check.ExitCode);
        Assert.EndsWith($"{FakeStores.SecretArn} cannot be read: it does not exist in eu-central-1 (no such secret)", check.Step("credentials"));
        Assert.Equal(0, server.Connections);
    }

    static Task<CheckScene> CheckStoredAsync(FakeStores stores, ScriptedServer server) => CheckScene.RunAsync(
        ("HTTP_ENDPOINT", server.Endpoint.AbsoluteUri),
        ("HTTP_AUTH_TYPE", "bearer"),
        ("HTTP_AUTH_CREDENTIALS", FakeStores.SecretArn),
        ("AWS_ENDPOINT_URL", stores.Url),
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "s3cr3t-key"));

    static async Task<CheckScene> CheckTlsAsync(X509Certificate2 leaf, string ca)
    {
        await using var server = ScriptedServer.StartTls(leaf, [], ScriptedServer.Answering(200));
        return await CheckScene.RunAsync(("HTTP_ENDPOINT", $"https://localhost:{server.Port}/"), ("HTTP_TLS_CA", ca));
    }
}
