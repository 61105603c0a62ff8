using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>What is said of certificate and key before they are looked at.</summary>
public sealed class TlsReaderTests
{
    static readonly string SomeFile = typeof(TlsReaderTests).Assembly.Location;

    [Fact]
    public void A_file_that_is_not_there_sends_nothing_and_is_named() => Cannot(
        "HTTP_TLS_CERT: got \"/no/such/cert.pem\"; expected the path of a PEM file that is there, or PEM text; nothing is sent",
        ("HTTP_TLS_CERT", "/no/such/cert.pem"), ("HTTP_TLS_KEY", SomeFile));

    [Fact]
    public void A_key_without_its_first_line_is_not_shown() => Cannot(
        "HTTP_TLS_KEY: got PEM text, or a value that is not a path; expected the path of a PEM file that is there, or PEM text; nothing is sent",
        ("HTTP_TLS_CERT", SomeFile), ("HTTP_TLS_KEY", "MIIEvSECRETSECRET"));

    [Fact]
    public void A_key_without_a_certificate_sends_nothing() => Cannot(
        "HTTP_TLS_KEY: got a secret of 27 characters; expected HTTP_TLS_CERT beside it; nothing is sent",
        ("HTTP_TLS_KEY", "-----BEGIN PRIVATE KEY-----"));

    [Fact]
    public void With_an_http_endpoint_a_certificate_is_not_used()
    {
        var settings = Read(out var problems, ("HTTP_ENDPOINT", "HTTP://logs.example.com"), ("HTTP_TLS_CERT", "-----BEGIN CERTIFICATE-----"));

        Assert.True(settings.CanSend);
        Assert.Equal(["HTTP_TLS_CERT: got PEM text, or a value that is not a path; expected an https endpoint beside it; it is ignored"], problems);
    }

    static void Cannot(string expected, params (string Name, string Value)[] variables)
    {
        var settings = Read(out var problems, [("HTTP_ENDPOINT", "https://logs.example.com"), .. variables]);

        Assert.False(settings.CanSend);
        Assert.Equal([expected], problems);
    }

    static ExtensionSettings Read(out IEnumerable<string> problems, params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(pair => pair.Name, pair => pair.Value);
        var settings = SettingsReader.Read(environment.GetValueOrDefault, functionMemoryBytes: 0, out var found);
        problems = found.Select(problem => problem.ToString());
        return settings;
    }
}
