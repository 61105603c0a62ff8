using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>What <c>LOGS_FORMAT</c> and the variables around it make of the settings.</summary>
public sealed class FormatSettingsTests
{
    [Fact]
    public void Each_name_is_a_format()
    {
        for (var kind = FormatKind.Lambda; kind <= FormatKind.Gelf; kind++)
            Assert.Equal(kind, Read(out _, ("LOGS_FORMAT", FormatReader.NameOf(kind))).Format.Kind);
    }

    [Fact]
    public void A_format_that_does_not_exist_is_reported_and_the_default_is_used()
    {
        var settings = Read(out var problems, ("LOGS_FORMAT", "xml"));
        Assert.Equal(FormatKind.Lambda, settings.Format.Kind);
        Assert.Contains("LOGS_FORMAT: got \"xml\"; expected lambda, json_array", Assert.Single(problems).ToString());
    }

    [Theory]
    [InlineData("otlp", "https://logs.example.com", "https://logs.example.com/v1/logs", "/v1/logs")]
    [InlineData("otlp", "https://logs.example.com/", "https://logs.example.com/v1/logs", "/v1/logs")]
    [InlineData("otlp", "https://logs.example.com?a=b", "https://logs.example.com/v1/logs?a=b", "/v1/logs")]
    [InlineData("otlp", "https://logs.example.com/otlp/v1/logs", "https://logs.example.com/otlp/v1/logs", null)]
    [InlineData("otlp_protobuf", "http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/logs", "/v1/logs")]
    [InlineData("loki", "http://loki:3100", "http://loki:3100/loki/api/v1/push", "/loki/api/v1/push")]
    [InlineData("splunk_hec", "https://splunk:8088", "https://splunk:8088/services/collector/event", "/services/collector/event")]
    [InlineData("datadog", "https://http-intake.logs.datadoghq.eu", "https://http-intake.logs.datadoghq.eu/api/v2/logs", "/api/v2/logs")]
    [InlineData("newrelic", "https://log-api.newrelic.com", "https://log-api.newrelic.com/log/v1", "/log/v1")]
    [InlineData("gelf", "http://graylog:12202", "http://graylog:12202/gelf", "/gelf")]
    [InlineData("json_array", "https://logs.example.com", "https://logs.example.com", null)]
    public void A_path_that_is_missing_is_completed(string format, string endpoint, string url, string? added)
    {
        var destination = Read(out var problems, ("LOGS_FORMAT", format), ("HTTP_ENDPOINT", endpoint)).Destination!;
        Assert.Empty(problems);
        Assert.Equal(url, destination.Url);
        Assert.Equal(added, destination.AddedPath);
    }

    [Theory]
    [InlineData("https://es", "https://es/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason", "logs-aws.lambda-default")]
    [InlineData("https://es/_bulk?pipeline=p", "https://es/_bulk?pipeline=p&filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason", "logs-aws.lambda-default")]
    [InlineData("https://es/shop/_bulk?filter_path=errors", "https://es/shop/_bulk?filter_path=errors", null)]
    [InlineData("https://es/proxy", "https://es/proxy", "logs-aws.lambda-default")]
    public void Elasticsearch_is_asked_for_what_failed_only_and_its_index_is_in_the_path_or_named(string endpoint, string url, string? index)
    {
        var settings = Read(out _, ("LOGS_FORMAT", "elasticsearch"), ("HTTP_ENDPOINT", endpoint));
        Assert.Equal(url, settings.Destination!.Url);
        Assert.Equal(index, settings.Format.ElasticsearchIndex);
    }

    [Theory]
    [InlineData("datadog", "DD-API-KEY", "secret")]
    [InlineData("newrelic", "Api-Key", "secret")]
    [InlineData("splunk_hec", "Authorization", "Splunk secret")]
    [InlineData("elasticsearch", "Authorization", "ApiKey secret")]
    [InlineData("otlp", "X-API-Key", "secret")]
    public void A_key_goes_where_the_format_has_it(string format, string header, string value)
    {
        var authentication = Read(
            out var problems, ("LOGS_FORMAT", format), ("HTTP_AUTH_TYPE", "api_key"), ("HTTP_AUTH_CREDENTIALS", "secret")).Destination!.Authentication;
        Assert.Empty(problems);
        Assert.Equal((header, value), (authentication.HeaderName, authentication.HeaderValue));
        Assert.Equal("*** is hidden", authentication.Redact("secret is hidden"));
    }

    [Fact]
    public void A_key_with_its_word_keeps_it_and_a_named_header_gets_none()
    {
        var whole = Read(out _, ("LOGS_FORMAT", "splunk_hec"), ("HTTP_AUTH_TYPE", "api_key"), ("HTTP_AUTH_CREDENTIALS", "Splunk abc"));
        Assert.Equal("Splunk abc", whole.Destination!.Authentication.HeaderValue);
        var named = Read(
            out _, ("LOGS_FORMAT", "splunk_hec"), ("HTTP_AUTH_TYPE", "api_key"), ("HTTP_AUTH_CREDENTIALS", "abc"), ("HTTP_AUTH_HEADER_NAME", "X-Key"));
        Assert.Equal("abc", named.Destination!.Authentication.HeaderValue);
    }

    [Fact]
    public void Limits_are_the_formats_and_can_only_be_lowered()
    {
        Assert.Equal(1_000_000, Read(out _, ("LOGS_FORMAT", "newrelic")).Pipeline.BatchMaxBytes);
        Assert.Equal(1, Read(out _, ("LOGS_FORMAT", "gelf")).Pipeline.BatchMaxRecords);
        Assert.Equal(64 * 1024, Read(out _, ("LOGS_FORMAT", "gelf")).Pipeline.BatchMaxBytes);
        Assert.Equal(500, Read(out _, ("LOGS_FORMAT", "gelf"), ("LOGS_BATCH_MAX_RECORDS", "500")).Pipeline.BatchMaxRecords);
        Assert.Equal(10, Read(out _, ("LOGS_FORMAT", "datadog"), ("LOGS_BATCH_MAX_RECORDS", "10")).Pipeline.BatchMaxRecords);

        var settings = Read(out var problems, ("LOGS_FORMAT", "datadog"), ("LOGS_BATCH_MAX_RECORDS", "5000"), ("LOGS_BATCH_MAX_BYTES", "8MB"));
        Assert.Equal((5_000_000, 1000), (settings.Pipeline.BatchMaxBytes, settings.Pipeline.BatchMaxRecords));
        Assert.Equal(
            [
                "LOGS_BATCH_MAX_BYTES: got \"8MB\"; expected at most 5000000 with LOGS_FORMAT=datadog; using 5000000",
                "LOGS_BATCH_MAX_RECORDS: got \"5000\"; expected at most 1000 with LOGS_FORMAT=datadog; using 1000",
            ],
            problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void OpenTelemetry_is_sent_again_after_four_statuses_unless_others_are_named()
    {
        var usual = Read(out _, ("LOGS_FORMAT", "otlp")).Retry.Statuses;
        Assert.Equal([429, 502, 503, 504], Enumerable.Range(100, 500).Where(usual.Contains));
        Assert.True(Read(out _, ("LOGS_FORMAT", "otlp"), ("HTTP_RETRY_STATUS_CODES", "5xx")).Retry.Statuses.Contains(500));
        Assert.Same(StatusSet.Default, Read(out _, ("LOGS_FORMAT", "datadog")).Retry.Statuses);
    }

    [Fact]
    public void Fields_keep_their_order() => Assert.Equal(
        [new("env", "prod"), new("team", "pay & ship"), new("a.b-c", "x=y")],
        Read(out _, ("LOGS_FIELDS", " env=prod,\nteam = pay & ship , a.b-c=x=y,")).Format.Fields);

    [Theory]
    [InlineData("env")]
    [InlineData("=prod")]
    [InlineData("a b=c")]
    [InlineData("message=x")]
    [InlineData("faas.name=x")]
    [InlineData("a=1,a=2")]
    [InlineData("a=x\ty")]
    public void A_field_that_is_none_is_reported_and_no_field_is_added(string fields)
    {
        Assert.Empty(Read(out var problems, ("LOGS_FIELDS", fields)).Format.Fields);
        Assert.Contains("LOGS_FIELDS: got", Assert.Single(problems).ToString());
    }

    [Fact]
    public void Fields_have_a_bound()
    {
        Read(out var many, ("LOGS_FIELDS", string.Join(',', Enumerable.Range(0, 21).Select(i => $"f{i}=x"))));
        Read(out var large, ("LOGS_FIELDS", $"a={new string('x', 600)},b={new string('x', 600)}"));
        Assert.Single(many);
        Assert.Single(large);
    }

    [Fact]
    public void What_belongs_to_another_format_is_reported()
    {
        Read(out var problems, ("LOGS_LOKI_TENANT", "a"), ("LOGS_SPLUNK_INDEX", "b"), ("LOGS_ELASTICSEARCH_INDEX", "c"));
        Assert.Equal(
            ["LOGS_ELASTICSEARCH_INDEX", "LOGS_SPLUNK_INDEX", "LOGS_LOKI_TENANT"], problems.Select(problem => problem.Variable));
        Assert.All(problems, problem => Assert.Contains("expected LOGS_FORMAT=", problem.ToString()));
    }

    [Theory]
    [InlineData("LOGS_ELASTICSEARCH_INDEX", "elasticsearch", "Logs")]
    [InlineData("LOGS_ELASTICSEARCH_INDEX", "elasticsearch", "a/b")]
    [InlineData("LOGS_ELASTICSEARCH_INDEX", "elasticsearch", "_x")]
    [InlineData("LOGS_LOKI_TENANT", "loki", "a\u0001b")]
    [InlineData("LOGS_SPLUNK_INDEX", "splunk_hec", "é")]
    [InlineData("LOGS_SERVICE_NAME", "otlp", "a\nb")]
    public void A_name_that_cannot_be_one_is_reported(string variable, string format, string value)
    {
        Read(out var problems, ("LOGS_FORMAT", format), (variable, value));
        Assert.Equal(variable, Assert.Single(problems).Variable);
    }

    internal static ExtensionSettings Read(out IReadOnlyList<SettingProblem> problems, params (string Name, string Value)[] environment)
    {
        var values = environment.ToDictionary(pair => pair.Name, pair => pair.Value);
        values.TryAdd("HTTP_ENDPOINT", "https://logs.example.com/x");
        var settings = SettingsReader.Read(values.GetValueOrDefault, 0, out var found);
        problems = found;
        return settings;
    }
}
