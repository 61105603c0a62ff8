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
    [InlineData("HTTP_TIMEOUT_MS", "HTTP_TIMEOUT_SECONDS")]
    [InlineData("HTTP_ENDPOINT_URL", "HTTP_ENDPOINT")]
    [InlineData("HTTP_AUTH_TOKEN", "HTTP_AUTH_CREDENTIALS")]
    [InlineData("HTTP_AUTH_PASSWORD", "HTTP_AUTH_CREDENTIALS")]
    [InlineData("HTTP_AUTH_KEY", "HTTP_AUTH_CREDENTIALS")]
    [InlineData("HTTP_AUTH_USER", "HTTP_AUTH_USERNAME")]
    [InlineData("HTTP_AUTH_HEADER", "HTTP_AUTH_HEADER_NAME")]
    [InlineData("HTTP_TLS_CA_FILE", "HTTP_TLS_CA")]
    [InlineData("HTTP_RETRY_COUNT", "HTTP_RETRY_ATTEMPTS")]
    [InlineData("HTTP_TEST", "HTTP_TEST_MODE")]
    [InlineData("TTP_ENDPOINT", "HTTP_ENDPOINT")]
    [InlineData("LGOS_FORMAT", "LOGS_FORMAT")]
    [InlineData("LOGS-FORMAT", "LOGS_FORMAT")]
    [InlineData("LOGS_FORMAT ", "LOGS_FORMAT")]
    [InlineData("LOGSFORMAT", "LOGS_FORMAT")]
    [InlineData("LOGS_LEVEL", "LOGS_MIN_LEVEL")]
    [InlineData("LOGS_SAMPLE", "LOGS_SAMPLE_RATE")]
    [InlineData("LOGS_INCLUDE", "LOGS_INCLUDE_REGEX")]
    [InlineData("LOGS_MASK", "LOGS_REDACT")]
    [InlineData("LOGS_TAGS", "LOGS_FIELDS")]
    [InlineData("LOGS_LOKI_LABEL", "LOGS_FIELDS")]
    [InlineData("LOGS_SERVICE", "LOGS_SERVICE_NAME")]
    [InlineData("LOGS_BUFFER_SIZE", "LOGS_BUFFER_MAX_BYTES")]
    [InlineData("LOGS_FLUSH_TIMEOUT", "LOGS_FLUSH_TIMEOUT_MS")]
    [InlineData("LOGS_URL", "HTTP_ENDPOINT")]
    [InlineData("LOGS_API_KEY", "HTTP_AUTH_CREDENTIALS")]
    [InlineData("LOGS_DEBUG", "LOGS_EXTENSION_LOG_LEVEL")]
    [InlineData("LOGS_FILTER", "LOGS_INCLUDE_REGEX")]
    [InlineData("LOGS_IGNORE", "LOGS_EXCLUDE_REGEX")]
    [InlineData("LOGS_DROP_FIELDS", "LOGS_EXCLUDE_REGEX")]
    public void A_name_that_resembles_a_setting_is_reported_with_the_nearest(string name, string nearest)
    {
        Assert.Equal([$"{name} is not a setting; did you mean {nearest}?"], UnknownVariables.Of([name, "PATH"]));
        Assert.Contains(nearest, VariableList.All.Select(variable => variable.Name));
    }

    [Fact]
    public void A_name_of_ours_that_resembles_none_is_reported_all_the_same() =>
        Assert.Equal(["LOGS_ZQXJKV is not a setting; --help lists all of them"], UnknownVariables.Of(["LOGS_ZQXJKV"]));

    [Fact]
    public void Settings_and_variables_of_others_are_not_reported() => Assert.Empty(UnknownVariables.Of(
    [
        .. VariableList.All.Select(variable => variable.Name), "https_proxy", "no_proxy", "all_proxy", "HTTP_PORT", "HTTP_HOST", "HTTP_USER", "HTTP_TOKEN", "HTTP_CLIENT_TIMEOUT", "HTTP_PROXY_HOST", "HTTP_URL", "HTTP_REFERER", "HOME", "HOSTNAME", "LANG",
        "LD_LIBRARY_PATH", "LAMBDA_TASK_ROOT", "LOG_LEVEL", "OTEL_EXPORTER_OTLP_HEADERS", "TZ", "LOGGING", "LOGS", "HTTP",
    ]));
}
