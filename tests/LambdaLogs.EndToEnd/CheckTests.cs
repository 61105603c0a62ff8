using System.Text.RegularExpressions;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary><c>--check</c> of the executable as it ships.</summary>
public sealed class CheckTests : IDisposable
{
    readonly Shipped _shipped = new();

    public void Dispose() => _shipped.Dispose();

    [Fact]
    public async Task A_good_endpoint_gets_a_record_and_gives_0()
    {
        await using var endpoint = ScriptedDestination.Start();

        var (exitCode, output) = await CheckAsync(endpoint, ("HTTP_AUTH_TYPE", "bearer"), ("HTTP_AUTH_CREDENTIALS", "s3cr3t"));

        Assert.True(exitCode == 0, output);
        Assert.EndsWith("\nThe endpoint accepts logs.\n", output);
        Assert.DoesNotContain("s3cr3t", output, StringComparison.Ordinal);
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("Bearer s3cr3t", request.Header("Authorization"));
        Assert.Contains("\"log_type\":\"extension.check\"", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_is_looked_at()
    {
        await using var endpoint = ScriptedDestination.Start(new DestinationOptions { IsTls = true });

        var (exitCode, output) = await CheckAsync(endpoint, ("HTTP_TLS_CA", endpoint.AuthorityPem!));

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"\n  tls +ok +\d+ ms  TLS 1\.3\n +certificate for localhost, 127\.0\.0\.1, ::1, until \d{4}-\d\d-\d\d \(36\d days left\), issued by ""lambda-emulator test CA""", output);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_reported_with_its_remedy()
    {
        await using var endpoint = ScriptedDestination.Start(new DestinationOptions { IsTls = true });

        var (exitCode, output) = await CheckAsync(endpoint);

        Assert.True(exitCode == 1, output);
        Assert.Contains("issued by \"lambda-emulator test CA\", is not trusted by", output, StringComparison.Ordinal);
        Assert.Contains("-> set HTTP_TLS_CA to the certificate of the authority that issued it", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "-> the endpoint requires credentials: set HTTP_AUTH_TYPE and HTTP_AUTH_CREDENTIALS")]
    [InlineData(403, "-> the endpoint requires credentials: set HTTP_AUTH_TYPE and HTTP_AUTH_CREDENTIALS")]
    [InlineData(404, "-> nothing exists at this path: check the path of HTTP_ENDPOINT")]
    [InlineData(413, "-> raise the limit of the endpoint")]
    [InlineData(503, "-> look into the endpoint's own log")]
    [InlineData(302, "-> set HTTP_ENDPOINT to the target of the redirect")]
    public async Task A_refusal_is_reported_with_its_remedy(int status, string advice)
    {
        await using var endpoint = ScriptedDestination.Start();
        endpoint.Default = Response.WithStatus(status);

        var (exitCode, output) = await CheckAsync(endpoint);

        Assert.True(exitCode == 1, output);
        Assert.Matches($@"\n  test record +FAILED +\d+ ms  \d+ bytes of application/json: status {status}", output);
        Assert.Contains(advice, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", @"\n  connection +FAILED +\d+ ms  127\.0\.0\.1:1 refused the connection\n")]
    [InlineData("http://no-such-host.invalid/", @"\n  name +FAILED +\d+ ms  the name no-such-host\.invalid cannot be resolved\n")]
    [InlineData("", @"\nNothing would be sent until the configuration is corrected\.\n")]
    public async Task An_endpoint_that_is_not_there_is_reported(string url, string logged)
    {
        var (exitCode, output) = await _shipped.RunAsync("--check", ("HTTP_ENDPOINT", url));

        Assert.True(exitCode == 1, output);
        Assert.Matches(logged, output);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_is_reported()
    {
        await using var store = new SecretStores();
        await using var endpoint = ScriptedDestination.Start();
        store.IsDenied = true;

        var (exitCode, output) = await CheckAsync(
            endpoint,
            ("HTTP_AUTH_TYPE", "bearer"),
            ("HTTP_AUTH_CREDENTIALS", SecretStores.Arn),
            ("AWS_ENDPOINT_URL", store.Url),
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));

        Assert.True(exitCode == 1, output);
        Assert.Contains("the function's role lacks the permission secretsmanager:GetSecretValue", output, StringComparison.Ordinal);
        Assert.Empty(endpoint.Requests);
    }

    [Fact]
    public async Task Other_arguments_show_version_and_variables_or_give_2()
    {
        var (version, text) = await _shipped.RunAsync("--version");
        var (help, reference) = await _shipped.RunAsync("--help");
        var (wrong, usage) = await _shipped.RunAsync("--nonsense");

        Assert.Equal((0, 0, 2), (version, help, wrong));
        Assert.Matches(new Regex($@"^aws-lambda-logs-http-destination \d+\.\d+\.\d+\S*, \.NET 10\.\S+, OpenSSL 3\.\d+\.\d+, {Layer.Architecture}\n$"), text);
        Assert.Contains("\n  HTTP_ENDPOINT\n", reference, StringComparison.Ordinal);
        Assert.Equal("unknown argument \"--nonsense\"; known arguments: --check, --help, --version\n", usage);
    }

    Task<(int ExitCode, string Output)> CheckAsync(ScriptedDestination endpoint, params (string, string)[] environment) =>
        _shipped.RunAsync("--check", [("HTTP_ENDPOINT", endpoint.Endpoint + "logs"), .. environment]);
}
