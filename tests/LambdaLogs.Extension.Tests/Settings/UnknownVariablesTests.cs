using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class UnknownVariablesTests
{
    [Theory]
    [InlineData("LOGS_REDACTS", "LOGS_REDACT")]
    [InlineData("LOGS_FROMAT", "LOGS_FORMAT")]
    [InlineData("LOGS_BATCH_MAX_BYTE", "LOGS_BATCH_MAX_BYTES")]
    [InlineData("logs_format", "LOGS_FORMAT")]
    [InlineData("LOG_FORMAT", "LOGS_FORMAT")]
    [InlineData("HTTP_ENDPIONT", "HTTP_ENDPOINT")]
    [InlineData("HTTP_ENPOINT", "HTTP_ENDPOINT")]
    [InlineData("HTTPS_ENDPOINT", "HTTP_ENDPOINT")]
    [InlineData("HTTP_HEADER", "HTTP_HEADERS")]
    [InlineData("HTTP_AUTH_CREDENTIAL", "HTTP_AUTH_CREDENTIALS")]
    [InlineData("HTTP_TIMEOUT", "HTTP_TIMEOUT_SECONDS")]
    public void A_name_that_resembles_a_setting_is_reported_with_the_nearest(string name, string nearest) =>
        Assert.Equal([$"{name} is not a setting; did you mean {nearest}?"], UnknownVariables.Of([name, "PATH"]));

    [Fact]
    public void A_name_of_ours_that_resembles_none_is_reported_all_the_same() =>
        Assert.Equal(["LOGS_ZQXJKV is not a setting; --help lists all of them"], UnknownVariables.Of(["LOGS_ZQXJKV"]));

    [Fact]
    public void Settings_and_variables_of_others_are_not_reported() => Assert.Empty(UnknownVariables.Of(
    [
        .. VariableList.All.Select(variable => variable.Name), "https_proxy", "no_proxy", "all_proxy", "HTTP_PORT", "HTTP_HOST", "HTTP_USER", "HOME", "HOSTNAME", "LANG",
        "LD_LIBRARY_PATH", "LAMBDA_TASK_ROOT", "LOG_LEVEL", "OTEL_EXPORTER_OTLP_HEADERS", "TZ", "LOGGING", "LOGS", "HTTP",
    ]));
}
