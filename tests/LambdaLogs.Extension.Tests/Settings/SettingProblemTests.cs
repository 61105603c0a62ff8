using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>What is said about wrong values, and what is used instead.</summary>
public sealed class SettingProblemTests
{
    const string Endpoint = "https://logs.example.com/v1";

    [Fact]
    public void Without_an_endpoint_nothing_is_sent() => CannotSend(
        [],
        "HTTP_ENDPOINT: not set; expected an http:// or https:// URL without user name and password; nothing is sent");

    [Theory]
    [InlineData("logs.example.com", "\"logs.example.com\"")]
    [InlineData("localhost:8080/SECRET", "\"localhost:8080/…\"")]
    [InlineData("//logs.example.com/SECRET", "\"/…\"")]
    [InlineData("/SECRET", "\"/…\"")]
    [InlineData("ftp://logs.example.com/SECRET", "\"ftp://logs.example.com/…\"")]
    [InlineData("https://", "\"https://\"")]
    [InlineData("https:///SECRET", "\"https:///…\"")]
    [InlineData("http://exa mple.com/?SECRET", "\"http://exa mple.com/…\"")]
    [InlineData("https://logs.example.com:99999/SECRET", "\"https://logs.example.com:99999/…\"")]
    [InlineData("me:SECRET@logs.example.com", "a text of 26 characters")]
    [InlineData("https//me:SECRET@logs.example.com", "a text of 33 characters")]
    public void An_endpoint_that_is_no_URL_is_shown_without_its_path(string endpoint, string shown) => CannotSend(
        ["HTTP_ENDPOINT", endpoint],
        $"HTTP_ENDPOINT: got {shown}; expected an http:// or https:// URL without user name and password; nothing is sent");

    [Fact]
    public void A_password_in_the_endpoint_has_another_place() => CannotSend(
        ["HTTP_ENDPOINT", "https://me:SECRET@logs.example.com/v1"],
        "HTTP_ENDPOINT: got \"https://logs.example.com/v1\" with a user name; "
        + "expected a URL without user name and password (HTTP_AUTH_TYPE=basic takes them); nothing is sent");

    [Fact]
    public void An_unknown_kind_of_authentication_sends_nothing() => CannotSend(
        ["HTTP_ENDPOINT", Endpoint, "HTTP_AUTH_TYPE", "digest", "HTTP_AUTH_CREDENTIALS", "SECRET"],
        "HTTP_AUTH_TYPE: got \"digest\"; expected none, basic, bearer, apikey or sigv4; nothing is sent");

    [Theory]
    [InlineData("basic", "basic")]
    [InlineData("bearer", "bearer")]
    [InlineData("api_key", "apikey")]
    public void Missing_credentials_send_nothing(string type, string name) => CannotSend(
        ["HTTP_ENDPOINT", Endpoint, "HTTP_AUTH_TYPE", type, "HTTP_AUTH_USERNAME", "me"],
        $"HTTP_AUTH_CREDENTIALS: not set; expected them for HTTP_AUTH_TYPE={name}; nothing is sent");

    [Theory]
    [InlineData("bearer", "SEC\r\nRET", "a token of visible ASCII characters")]
    [InlineData("bearer", "SECRÈT!!", "a token of visible ASCII characters")]
    [InlineData("apikey", "SEC\0\0RET", "a key of visible ASCII characters")]
    [InlineData("basic", "SEC\n\nRET", "a password, token or key without line breaks and control characters")]
    public void Credentials_that_cannot_be_sent_are_never_shown(string type, string credentials, string allowed) => CannotSend(
        ["HTTP_ENDPOINT", Endpoint, "HTTP_AUTH_TYPE", type, "HTTP_AUTH_USERNAME", "me", "HTTP_AUTH_CREDENTIALS", credentials],
        $"HTTP_AUTH_CREDENTIALS: got a secret of 8 characters; expected {allowed}; nothing is sent");

    [Theory]
    [InlineData("a:b", "a:b")]
    [InlineData("a\r\nb", "a b")]
    public void A_user_name_with_colon_or_line_break_sends_nothing(string user, string shown) => CannotSend(
        ["HTTP_ENDPOINT", Endpoint, "HTTP_AUTH_TYPE", "basic", "HTTP_AUTH_USERNAME", user, "HTTP_AUTH_CREDENTIALS", "SECRET"],
        $"HTTP_AUTH_USERNAME: got \"{shown}\"; expected a user name without colon and control characters; nothing is sent");

    [Theory]
    [InlineData("X Key", "X Key")]
    [InlineData("X-Key\r\nX-Other", "X-Key X-Other")]
    [InlineData("X-Key:", "X-Key:")]
    [InlineData("Content-Type", "Content-Type")]
    [InlineData("host", "host")]
    [InlineData("X-Batch-Id", "X-Batch-Id")]
    public void A_header_name_that_cannot_be_sends_nothing(string header, string shown) => CannotSend(
        ["HTTP_ENDPOINT", Endpoint, "HTTP_AUTH_TYPE", "apikey", "HTTP_AUTH_HEADER_NAME", header, "HTTP_AUTH_CREDENTIALS", "SECRET"],
        $"HTTP_AUTH_HEADER_NAME: got \"{shown}\"; expected a header name such as X-API-Key, none that HTTP or the extension sets itself; "
        + "nothing is sent");

    [Fact]
    public void Basic_without_a_user_name_is_sent_and_reported()
    {
        var settings = CanSend(
            ["HTTP_AUTH_TYPE", "basic", "HTTP_AUTH_CREDENTIALS", "key"],
            "HTTP_AUTH_USERNAME: not set; expected a user name without colon and control characters; the user name is empty");

        Assert.Equal("Basic OmtleQ==", settings.Destination!.Authentication.HeaderValue);
    }

    [Fact]
    public void Credentials_without_a_kind_are_reported() => CanSend(
        ["HTTP_AUTH_CREDENTIALS", "SECRET"],
        "HTTP_AUTH_TYPE: not set; expected basic, bearer or apikey beside HTTP_AUTH_CREDENTIALS; no credentials are sent");

    [Fact]
    public void A_missing_file_of_authorities_is_reported() => CanSend(
        ["HTTP_TLS_CA", "/nowhere/ca.pem"],
        "HTTP_TLS_CA: got \"/nowhere/ca.pem\"; expected the path of a PEM file, or PEM text; "
        + "there is no such file: https endpoints are not trusted");

    [Theory]
    [InlineData("HTTP_TIMEOUT_SECONDS", "soon", "seconds from 0.1 to 300, also as 750ms, 5s or 1m; using 30")]
    [InlineData("HTTP_TIMEOUT_SECONDS", "0", "seconds from 0.1 to 300, also as 750ms, 5s or 1m; using 30")]
    [InlineData("HTTP_TIMEOUT_SECONDS", "301", "seconds from 0.1 to 300, also as 750ms, 5s or 1m; using 30")]
    [InlineData("HTTP_TEST_MODE", "maybe", "true or false; using false")]
    [InlineData("HTTP_RETRY_ATTEMPTS", "0", "a whole number from 1 to 10; using 3")]
    [InlineData("HTTP_RETRY_ATTEMPTS", "99999999999", "a whole number from 1 to 10; using 3")]
    [InlineData("HTTP_RETRY_INITIAL_BACKOFF_MS", "-1", "milliseconds from 0 to 60000, also as 750ms, 5s or 1m; using 100")]
    [InlineData("HTTP_RETRY_MAX_BACKOFF_MS", "2 h", "milliseconds from 0 to 300000, also as 750ms, 5s or 1m; using 2000")]
    [InlineData("LOGS_FLUSH_MODE", "never", "auto, end or next; using auto")]
    [InlineData("LOGS_FLUSH_TIMEOUT_MS", "1.5.2", "milliseconds from 0 to 900000, also as 750ms, 5s or 1m; using 1000")]
    [InlineData("LOGS_FLUSH_GRACE_MS", "2m", "milliseconds from 0 to 60000, also as 750ms, 5s or 1m; using 0")]
    [InlineData("LOGS_BATCH_MAX_BYTES", "1KB", "bytes from 8KB to 16MB, also as 512KB or 1MB (K is 1024); using 1MB")]
    [InlineData("LOGS_BATCH_MAX_RECORDS", "many", "a whole number from 1 to 1000000; using 10000")]
    [InlineData("LOGS_BATCH_LINGER_MS", "x", "milliseconds from 0 to 60000, also as 750ms, 5s or 1m; using 50")]
    [InlineData("LOGS_BUFFER_WHEN_FULL", "block", "drop_oldest or drop_newest; using drop_oldest")]
    [InlineData("LOGS_SPILL_MAX_BYTES", "2GB", "bytes from 0 to 1024MB, also as 512KB or 1MB (K is 1024); using 0")]
    [InlineData("LOGS_STRICT", "2", "true or false; using false")]
    [InlineData("LOGS_EXTENSION_LOG_LEVEL", "trace", "error, warn, info or debug; using info")]
    public void A_wrong_value_gives_the_default_and_sending_goes_on(string name, string value, string logged) =>
        CanSend([name, value], $"{name}: got \"{value}\"; expected {logged}");

    [Fact]
    public void Statuses_that_are_not_understood_give_the_default() => CanSend(
        ["HTTP_RETRY_STATUS_CODES", "all"],
        "HTTP_RETRY_STATUS_CODES: got \"all\"; expected statuses such as 429, 5xx or 500-504, separated by spaces or commas; "
        + "-501 leaves one out; using 408 429 5xx -501 -505");

    [Fact]
    public void An_unknown_platform_event_is_named()
    {
        var settings = CanSend(
            ["LOGS_PLATFORM_EVENTS", "report,reprot"],
            "LOGS_PLATFORM_EVENTS: got \"report,reprot\"; expected default, all, none, or a list of events such as "
            + "report,fault,runtimeDone; there is no event \"reprot\"; using default");

        Assert.Equal(PlatformEventSet.Default, settings.Filter.PlatformEvents);
    }

    [Fact]
    public void A_wrong_buffer_gives_what_the_functions_memory_gives() => CanSend(
        ["LOGS_BUFFER_MAX_BYTES", "lots"],
        "LOGS_BUFFER_MAX_BYTES: got \"lots\"; expected bytes from 64KB to 1024MB, also as 512KB or 1MB (K is 1024); using 5MB");

    [Fact]
    public void A_buffer_smaller_than_a_batch_is_made_larger()
    {
        var settings = CanSend(
            ["LOGS_BUFFER_MAX_BYTES", "256KB"],
            "LOGS_BUFFER_MAX_BYTES: got \"256KB\"; expected at least LOGS_BATCH_MAX_BYTES; using 1MB");

        Assert.Equal(1024 * 1024, settings.Pipeline.BufferMaxBytes);
    }

    [Fact]
    public void A_buffer_that_does_not_fit_the_functions_memory_is_lowered()
    {
        var settings = CanSend(
            ["LOGS_BUFFER_MAX_BYTES", "200MB"],
            "LOGS_BUFFER_MAX_BYTES: got \"200MB\"; expected at most a fifth of the function's memory; using 20MB");

        Assert.Equal(20 * 1024 * 1024, settings.Pipeline.BufferMaxBytes);
    }

    [Fact]
    public void Every_problem_is_reported_at_once_and_what_stops_sending_first()
    {
        var settings = Read(
            [
                "HTTP_ENDPOINT", "nowhere", "HTTP_AUTH_TYPE", "bearer", "HTTP_TIMEOUT_SECONDS", "x", "LOGS_FLUSH_MODE", "x",
                "LOGS_STRICT", "x", "LOGS_BATCH_MAX_BYTES", "x", "LOGS_PLATFORM_EVENTS", "x",
            ],
            out var problems);

        Assert.False(settings.CanSend);
        Assert.Equal(
            [
                "HTTP_ENDPOINT", "HTTP_AUTH_CREDENTIALS", "HTTP_TIMEOUT_SECONDS", "LOGS_PLATFORM_EVENTS", "LOGS_FLUSH_MODE",
                "LOGS_BATCH_MAX_BYTES", "LOGS_STRICT",
            ],
            problems.Select(problem => problem.Variable));
        Assert.Equal(new PipelineOptions { BufferMaxBytes = settings.Pipeline.BufferMaxBytes }, settings.Pipeline);
    }

    [Fact]
    public void A_wrong_endpoint_in_test_mode_is_reported_and_the_payload_shown()
    {
        var settings = Read(["HTTP_ENDPOINT", "nowhere", "HTTP_TEST_MODE", "true"], out var problems);

        Assert.True(settings.CanSend);
        Assert.Single(problems);
    }

    [Fact]
    public void A_long_value_is_shortened_and_stays_on_one_line() => CanSend(
        ["LOGS_FLUSH_MODE", "end\n" + new string('x', 500)],
        $"LOGS_FLUSH_MODE: got \"end {new string('x', 35)}…\"; expected auto, end or next; using auto");

    [Fact]
    public void No_value_throws()
    {
        string[] digits = [new('9', 25), new('9', 5000)];
        string[] values = [.. digits, "\0", "\ud83d", "-", ".", "5xx", "1e999", "://", "https://[", "http://%", "a b", "🙂"];
        foreach (var value in values)
        {
            foreach (var variable in VariableList.All)
            {
                string[] sound = ["HTTP_ENDPOINT", Endpoint, "HTTP_AUTH_TYPE", "apikey", "HTTP_AUTH_CREDENTIALS", "key"];
                var settings = Read([.. sound, variable.Name, value], out var problems);

                Assert.NotNull(settings.Pipeline);
                Assert.All(problems, problem => Assert.DoesNotContain('\n', problem.ToString()));
            }
        }
    }

    static ExtensionSettings CanSend(string[] environment, string expected)
    {
        var settings = Read(["HTTP_ENDPOINT", Endpoint, .. environment], out var problems);

        Assert.Equal(expected, Assert.Single(problems).ToString());
        Assert.True(settings.CanSend);
        return settings;
    }

    static void CannotSend(string[] environment, string expected)
    {
        var settings = Read(environment, out var problems);

        Assert.Equal(expected, Assert.Single(problems).ToString());
        Assert.False(settings.CanSend);
        Assert.Null(settings.Destination);
    }

    static ExtensionSettings Read(string[] environment, out List<SettingProblem> problems)
    {
        var values = environment.Chunk(2).GroupBy(pair => pair[0]).ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1]);
        return SettingsReader.Read(values.GetValueOrDefault, 100 * 1024 * 1024, out problems);
    }
}
