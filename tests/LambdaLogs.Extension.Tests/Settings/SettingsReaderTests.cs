using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>What is read from right values, and from none.</summary>
public sealed class SettingsReaderTests
{
    const long Megabyte = 1024 * 1024;

    readonly Dictionary<string, string> _environment = new() { ["HTTP_ENDPOINT"] = "https://logs.example.com/v1" };

    [Fact]
    public void An_endpoint_is_enough()
    {
        var settings = ReadWell();

        Assert.True(settings.CanSend);
        Assert.Equal(new Uri("https://logs.example.com/v1"), settings.Destination!.Endpoint);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Destination.Timeout);
        Assert.Same(Authentication.None, settings.Destination.Authentication);
        Assert.Null(settings.Destination.TlsCa);
        Assert.False(settings.TestMode);
        Assert.False(settings.Strict);
        Assert.Equal(ExtensionLogLevel.Info, settings.ExtensionLogLevel);
        Assert.Equal(new RetryOptions(), settings.Retry);
        Assert.Equal(new FilterOptions { ExtensionLines = false }, settings.Filter);
        Assert.Equal(new FlushOptions(), settings.Flush);
        Assert.Equal(new PipelineOptions { BufferMaxBytes = 128 * Megabyte / 20 }, settings.Pipeline);
    }

    [Fact]
    public void Every_variable_is_read()
    {
        Set("HTTP_AUTH_TYPE", "basic", "HTTP_AUTH_USERNAME", "me", "HTTP_AUTH_CREDENTIALS", "secret", "HTTP_TIMEOUT_SECONDS", "5");
        Set("HTTP_METHOD", "put", "HTTP_HEADERS", "X-Team=pay", "HTTP_COMPRESSION", "gzip", "HTTP_VERSION", "2");
        var file = typeof(SettingsReaderTests).Assembly.Location;
        Set("HTTP_TLS_CERT", file, "HTTP_TLS_KEY", "-----BEGIN x", "HTTP_TLS_VERIFY", "false", "HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "x.org");
        Set("HTTP_RETRY_ATTEMPTS", "5", "HTTP_RETRY_INITIAL_BACKOFF_MS", "10", "HTTP_RETRY_MAX_BACKOFF_MS", "3s");
        Set("HTTP_RETRY_STATUS_CODES", "503", "LOGS_PLATFORM_EVENTS", "report, platform.start");
        Set("LOGS_FLUSH_MODE", "end", "LOGS_FLUSH_TIMEOUT_MS", "250", "LOGS_FLUSH_GRACE_MS", "20");
        Set("LOGS_BATCH_MAX_BYTES", "64KB", "LOGS_BATCH_MAX_RECORDS", "100", "LOGS_BATCH_LINGER_MS", "0");
        Set("LOGS_BUFFER_MAX_BYTES", "4MB", "LOGS_BUFFER_WHEN_FULL", "drop_newest", "LOGS_SPILL_MAX_BYTES", "1MB");
        Set("LOGS_STRICT", "true", "LOGS_EXTENSION_LOG_LEVEL", "debug", "SSL_CERT_FILE", "/etc/bundle.pem");

        var settings = ReadWell();

        Assert.Equal("Basic bWU6c2VjcmV0", settings.Destination!.Authentication.HeaderValue);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Destination.Timeout);
        var request = settings.Destination.Request;
        Assert.Equal((SendMethod.Put, Compression.Gzip, true), (request.Method, request.Compression, request.WantsOtherVersion));
        Assert.Equal([new RequestHeader("X-Team", "pay")], request.Headers);
        Assert.Equal((file, "-----BEGIN x", false), (settings.Destination.TlsCert, settings.Destination.TlsKey, settings.Destination.TlsVerify));
        Assert.Equal(("proxy:3128", "x.org"), (settings.Destination.Proxy?.ToString(), settings.Destination.Proxies?.Exceptions));
        Assert.Equal("/etc/bundle.pem", settings.Destination.SystemCaFile);
        Assert.Equal((5, Ms(10), Ms(3000)), (settings.Retry.Attempts, settings.Retry.FirstDelay, settings.Retry.MaxDelay));
        Assert.True(settings.Retry.Statuses.Contains(503) && !settings.Retry.Statuses.Contains(429));
        Assert.Equal(PlatformEventSet.Report | PlatformEventSet.Start, settings.Filter.PlatformEvents);
        Assert.Equal(new FlushOptions { Mode = FlushMode.End, Timeout = Ms(250), Grace = Ms(20) }, settings.Flush);
        Assert.Equal(
            new PipelineOptions
            {
                BatchMaxBytes = 65536,
                BatchMaxRecords = 100,
                BatchLinger = TimeSpan.Zero,
                BufferMaxBytes = 4 * Megabyte,
                WhenFull = WhenFull.DropNewest,
                SpillMaxBytes = Megabyte,
            },
            settings.Pipeline);
        Assert.True(settings.Strict);
        Assert.Equal(ExtensionLogLevel.Debug, settings.ExtensionLogLevel);
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        foreach (var variable in VariableList.All.Where(variable => variable.Name != "HTTP_ENDPOINT"))
            Set(variable.Name, " \t");

        Assert.Equal(new FlushOptions(), ReadWell().Flush);
    }

    [Fact]
    public void Values_are_trimmed()
    {
        Set("HTTP_ENDPOINT", "\n https://logs.example.com/v1 \r\n", "LOGS_STRICT", " yes ");
        Set("HTTP_AUTH_TYPE", " bearer ", "HTTP_AUTH_CREDENTIALS", " token\n");

        var settings = ReadWell();

        Assert.Equal("https://logs.example.com/v1", settings.Destination!.Endpoint.ToString());
        Assert.Equal("Bearer token", settings.Destination.Authentication.HeaderValue);
        Assert.True(settings.Strict);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("Yes", true)]
    [InlineData("on", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("NO", false)]
    [InlineData("off", false)]
    public void A_flag_has_many_words(string text, bool expected)
    {
        Set("HTTP_TEST_MODE", text, "LOGS_STRICT", text);

        var settings = ReadWell();

        Assert.Equal((expected, expected), (settings.TestMode, settings.Strict));
    }

    [Theory]
    [InlineData("apikey")]
    [InlineData("api_key")]
    [InlineData("api-key")]
    [InlineData("API_KEY")]
    [InlineData("ApiKey")]
    public void An_api_key_has_many_spellings(string type)
    {
        Set("HTTP_AUTH_TYPE", type, "HTTP_AUTH_CREDENTIALS", "key");

        var authentication = ReadWell().Destination!.Authentication;

        Assert.Equal(AuthenticationKind.ApiKey, authentication.Kind);
        Assert.Equal(("X-API-Key", "key"), (authentication.HeaderName, authentication.HeaderValue));
    }

    [Fact]
    public void An_api_key_may_have_a_header_of_its_own()
    {
        Set("HTTP_AUTH_TYPE", "apikey", "HTTP_AUTH_CREDENTIALS", "key", "HTTP_AUTH_HEADER_NAME", "DD-API-KEY");

        Assert.Equal("DD-API-KEY", ReadWell().Destination!.Authentication.HeaderName);
    }

    [Theory]
    [InlineData("BASIC")]
    [InlineData("Bearer")]
    public void A_choice_is_read_in_any_case(string type)
    {
        Set("HTTP_AUTH_TYPE", type, "HTTP_AUTH_USERNAME", "me", "HTTP_AUTH_CREDENTIALS", "x", "LOGS_BUFFER_WHEN_FULL", "Drop-Newest");

        var settings = ReadWell();

        Assert.Equal(type, settings.Destination!.Authentication.Kind.ToString(), ignoreCase: true);
        Assert.Equal(WhenFull.DropNewest, settings.Pipeline.WhenFull);
    }

    [Fact]
    public void Test_mode_needs_no_endpoint()
    {
        _environment.Clear();
        Set("HTTP_TEST_MODE", "true");

        var settings = ReadWell();

        Assert.True(settings.CanSend);
        Assert.Null(settings.Destination);
    }

    [Theory]
    [InlineData(128, 128 * Megabyte / 20)]
    [InlineData(16, 2 * Megabyte)]
    [InlineData(0, 2 * Megabyte)]
    [InlineData(512, 512 * Megabyte / 20)]
    [InlineData(10_240, 32 * Megabyte)]
    public void The_buffer_is_a_part_of_the_functions_memory(long memoryMegabytes, long expected)
    {
        var settings = SettingsReader.Read(_environment.GetValueOrDefault, memoryMegabytes * Megabyte, out _);

        Assert.Equal(expected, settings.Pipeline.BufferMaxBytes);
    }

    [Fact]
    public void The_buffer_holds_a_batch_at_least()
    {
        Set("LOGS_BATCH_MAX_BYTES", "16MB");

        Assert.Equal(16 * Megabyte, ReadWell().Pipeline.BufferMaxBytes);
    }

    [Theory]
    [InlineData("all", PlatformEventSet.All)]
    [InlineData("NONE", PlatformEventSet.None)]
    [InlineData("default", PlatformEventSet.Default)]
    [InlineData("default,start", PlatformEventSet.Default | PlatformEventSet.Start)]
    [InlineData(" report ;fault\nend ", PlatformEventSet.Report | PlatformEventSet.Fault | PlatformEventSet.End)]
    [InlineData("runtimeDone-unless-success", PlatformEventSet.RuntimeDoneUnlessSuccess)]
    internal void Platform_events_are_a_list(string text, PlatformEventSet expected)
    {
        Set("LOGS_PLATFORM_EVENTS", text);

        Assert.Equal(expected, ReadWell().Filter.PlatformEvents);
    }

    [Fact]
    public void A_PEM_text_or_a_file_is_taken_as_authority()
    {
        const string Pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
        Set("HTTP_TLS_CA", Pem);
        Assert.Equal(Pem, ReadWell().Destination!.TlsCa);

        var file = typeof(SettingsReaderTests).Assembly.Location;
        Set("HTTP_TLS_CA", file);
        Assert.Equal(file, ReadWell().Destination!.TlsCa);
    }

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    void Set(params string[] namesAndValues)
    {
        for (var at = 0; at < namesAndValues.Length; at += 2)
            _environment[namesAndValues[at]] = namesAndValues[at + 1];
    }

    ExtensionSettings ReadWell()
    {
        var settings = SettingsReader.Read(_environment.GetValueOrDefault, 128 * Megabyte, out var problems);
        Assert.Empty(problems);
        return settings;
    }
}
