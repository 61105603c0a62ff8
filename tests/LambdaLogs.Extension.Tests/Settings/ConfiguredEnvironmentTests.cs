using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class ConfiguredEnvironmentTests
{
    const string Path = "/opt/logs-http.env";

    [Fact]
    public void A_file_sets_what_the_function_does_not()
    {
        var environment = Read(
            new() { ["LOGS_CONFIG"] = Path, ["LOGS_FORMAT"] = "loki", ["LOGS_SERVICE_NAME"] = " " },
            "\uFEFF# for all\r\nHTTP_ENDPOINT=https://logs.example.com # the collector\r\n\nexport LOGS_FORMAT=ndjson\nLOGS_SERVICE_NAME = 'pay # 1'\n"
            + "LOGS_REDACT_REGEX=\"order-\\d+\nid=\\\\w\"\nAWS_SECRET_ACCESS_KEY=x\nLOGS_CONFIG=/other\nLOGS_FIELDS=a=b");

        Assert.Empty(environment.Problems);
        Assert.Equal("https://logs.example.com", environment.Read("HTTP_ENDPOINT"));
        Assert.Equal("loki", environment.Read("LOGS_FORMAT"));
        Assert.Equal("pay # 1", environment.Read("LOGS_SERVICE_NAME"));
        Assert.Equal("order-\\d+\nid=\\w", environment.Read("LOGS_REDACT_REGEX"));
        Assert.Equal("a=b", environment.Read("LOGS_FIELDS"));
        Assert.Null(environment.Read("AWS_SECRET_ACCESS_KEY"));
        Assert.Equal(Path, environment.Read("LOGS_CONFIG"));
        Assert.Equal((true, false), (environment.IsShared("HTTP_ENDPOINT"), environment.IsShared("LOGS_FORMAT")));
    }

    [Fact]
    public void Without_a_file_nothing_is_read()
    {
        var environment = new ConfiguredEnvironment(new Dictionary<string, string> { ["LOGS_FORMAT"] = "loki" }.GetValueOrDefault, _ => throw new InvalidOperationException());
        Assert.Equal("loki", environment.Read("LOGS_FORMAT"));
        Assert.Empty(environment.Problems);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("logs.env")]
    public void A_file_that_is_missing_is_one_line(string path)
    {
        var environment = Read(new() { ["LOGS_CONFIG"] = path }, "");
        Assert.Equal(
            $"LOGS_CONFIG: got \"{path}\"; expected the path of a file with settings in .env form, such as /opt/logs-http.env; it cannot be read: the function's own variables alone are used",
            Assert.Single(environment.Problems).ToString());
    }

    [Theory]
    [InlineData("LOGS_FORMAT=loki\nwrong\nLOGS_STRICT=true\nwrong too", 2)]
    [InlineData("LOGS_FORMAT=loki\nLOGS_STRICT=true\nA B=1", 3)]
    [InlineData("LOGS_FORMAT=loki\nLOGS_STRICT=true\nLOGS_FIELDS=\"open", 3)]
    public void What_is_wrong_in_a_file_is_one_line_and_the_rest_is_used(string text, int line)
    {
        var environment = Read(new() { ["LOGS_CONFIG"] = Path }, text);
        Assert.EndsWith($"; expected NAME=value in every line; line {line} is left out, as are others like it", Assert.Single(environment.Problems).ToString());
        Assert.Equal(("loki", "true", null), (environment.Read("LOGS_FORMAT"), environment.Read("LOGS_STRICT"), environment.Read("LOGS_FIELDS")));
    }

    static ConfiguredEnvironment Read(Dictionary<string, string> own, string text) =>
        new(own.GetValueOrDefault, path => path == Path ? text : "");
}
