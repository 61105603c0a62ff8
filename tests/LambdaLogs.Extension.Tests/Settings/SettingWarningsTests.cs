using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>What is allowed and dangerous is told.</summary>
public sealed class SettingWarningsTests
{
    readonly Dictionary<string, string> _environment = [];

    [Theory]
    [InlineData("HTTP_ENDPOINT=https://logs.example.com", "HTTP_AUTH_TYPE=bearer", "HTTP_AUTH_CREDENTIALS=SECRET")]
    [InlineData("HTTP_ENDPOINT=http://logs.example.com")]
    [InlineData("HTTP_ENDPOINT=http://logs.example.com", "HTTP_HEADERS=X-Team=SECRET")]
    [InlineData("HTTP_ENDPOINT=http://localhost:8080", "HTTP_AUTH_TYPE=bearer", "HTTP_AUTH_CREDENTIALS=SECRET")]
    [InlineData("HTTP_ENDPOINT=http://127.0.0.1", "HTTP_AUTH_TYPE=bearer", "HTTP_AUTH_CREDENTIALS=SECRET")]
    [InlineData("HTTP_ENDPOINT=http://[::1]/", "HTTP_AUTH_TYPE=bearer", "HTTP_AUTH_CREDENTIALS=SECRET")]
    [InlineData("HTTP_TEST_MODE=1", "HTTP_ENDPOINT=http://logs.example.com", "HTTP_AUTH_TYPE=bearer", "HTTP_AUTH_CREDENTIALS=SECRET")]
    [InlineData("HTTP_TLS_VERIFY=false")]
    public void What_is_safe_or_never_sent_is_not_warned_of(params string[] variables) => Assert.Empty(Warnings(variables));

    [Theory]
    [InlineData("HTTP_AUTH_TYPE=bearer", "HTTP_AUTH_CREDENTIALS=SECRET")]
    [InlineData("HTTP_HEADERS=x-api-key=SECRET")]
    [InlineData("HTTP_HEADERS=Authorization=SECRET")]
    [InlineData("HTTP_HEADERS=Cookie=SECRET")]
    public void Credentials_over_plain_http_are_warned_of(params string[] variables) => Assert.Equal(
        ["HTTP_ENDPOINT is not https: the credentials are sent to http://logs.example.com/…?… unencrypted, so anyone on the network path can read them"],
        Warnings([.. variables, "HTTP_ENDPOINT=http://logs.example.com/SECRET-SECRET-SECRET?SECRET"]));

    [Fact]
    public void A_certificate_that_is_not_checked_is_warned_of() => Assert.Equal(
        ["HTTP_TLS_VERIFY is false: the endpoint's certificate is not verified, so anyone on the network path can read the logs and the credentials; "
            + "set HTTP_TLS_CA to trust a private certificate"],
        Warnings("HTTP_ENDPOINT=https://logs.example.com", "HTTP_TLS_VERIFY=no"));

    List<string> Warnings(params string[] variables)
    {
        foreach (var pair in variables)
            _environment[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];

        return [.. SettingWarnings.Of(SettingsReader.Read(_environment.GetValueOrDefault, functionMemoryBytes: 0, out _))];
    }
}
