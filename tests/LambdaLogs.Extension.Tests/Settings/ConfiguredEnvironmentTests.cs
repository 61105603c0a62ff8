using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class ConfiguredEnvironmentTests
{
    const string Path = "/opt/logs-http.env";
    const string Arn = "arn:aws:ssm:us-east-1:123456789012:parameter/logs";

    [Fact]
    public void A_file_sets_what_the_function_does_not()
    {
        var environment = Read(
            new() { ["LOGS_CONFIG"] = Path, ["LOGS_FORMAT"] = "loki", ["LOGS_SERVICE_NAME"] = " " },
            "\uFEFF# for all\r\nHTTP_ENDPOINT=https://logs.example.com # the collector\r\n\nexport LOGS_FORMAT=ndjson\nLOGS_SERVICE_NAME = 'pay # 1'\n"
            + "LOGS_REDACT_REGEX=\"order-\\d+\nid=\\\\w\"\nAWS_SECRET_ACCESS_KEY=x\nLOGS_CONFIG=/other\nLOGS_FIELDS=a=b");

        Assert.EndsWith("; expected settings of the extension alone; AWS_SECRET_ACCESS_KEY, LOGS_CONFIG are left out", Assert.Single(environment.Problems).ToString());
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
            $"LOGS_CONFIG: got \"{path}\"; expected the path of a file with settings in .env form, such as /opt/logs-http.env, or arn:aws:ssm:REGION:ACCOUNT:parameter/NAME or arn:aws:s3:::BUCKET/KEY; it cannot be read: the function's own variables alone are used",
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

    [Fact]
    public void A_file_that_is_no_text_is_one_line()
    {
        var environment = Read(new() { ["LOGS_CONFIG"] = Path }, "LOGS_FORMAT=loki\n\uFFFD\uFFFD");
        Assert.EndsWith("; expected text in UTF-8; the function's own variables alone are used", Assert.Single(environment.Problems).ToString());
        Assert.Null(environment.Read("LOGS_FORMAT"));
    }

    [Fact]
    public void Names_that_are_left_out_are_reported_three_of_them_and_no_value()
    {
        var environment = Read(new() { ["LOGS_CONFIG"] = Path }, "A=s3cr3t\nB=s3cr3t\nC=s3cr3t\nD=s3cr3t\nLOGS_FORMAT=loki");
        Assert.Equal($"LOGS_CONFIG: got \"{Path}\"; expected settings of the extension alone; A, B, C and 1 more are left out", Assert.Single(environment.Problems).ToString());
        Assert.Equal("loki", environment.Read("LOGS_FORMAT"));
    }

    [Fact]
    public void An_arn_is_taken_later_and_the_functions_own_variables_come_first()
    {
        var environment = Read(new() { ["LOGS_CONFIG"] = Arn, ["LOGS_FORMAT"] = "loki" }, "");
        Assert.Equal((Arn, null), (environment.Reference?.Arn, environment.Read("HTTP_ENDPOINT")));

        environment.Take(new FetchResult<string>("HTTP_ENDPOINT=https://x\nLOGS_FORMAT=ndjson", null));
        Assert.Empty(environment.Problems);
        Assert.Equal(("https://x", "loki", true), (environment.Read("HTTP_ENDPOINT"), environment.Read("LOGS_FORMAT"), environment.IsShared("HTTP_ENDPOINT")));
    }

    [Fact]
    public void Settings_that_cannot_be_read_are_one_line()
    {
        var environment = Read(new() { ["LOGS_CONFIG"] = Arn }, "");
        environment.Take(FetchResult<string>.Failed(Arn + " cannot be read: no way"));
        Assert.Equal($"LOGS_CONFIG: got \"{Arn}\"; expected settings that can be read; {Arn} cannot be read: no way; the function's own variables alone are used", Assert.Single(environment.Problems).ToString());
    }

    [Theory]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("arn:aws:secretsmanager:us-east-1:123456789012:secret:x")]
    public void An_arn_of_anything_else_is_one_line(string arn)
    {
        var environment = Read(new() { ["LOGS_CONFIG"] = arn }, "");
        Assert.Null(environment.Reference);
        Assert.EndsWith("arn:aws:s3:::BUCKET/KEY; the function's own variables alone are used", Assert.Single(environment.Problems).ToString());
    }

    static ConfiguredEnvironment Read(Dictionary<string, string> own, string text) =>
        new(own.GetValueOrDefault, path => path == Path ? text : "");
}
