using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>What people write by mistake is used as it is meant, and reported in one line that shows no secret.</summary>
public sealed class MistypedValueTests
{
    [Theory]
    [InlineData("bearer", "Bearer SECRET", "Bearer SECRET", "expected the token alone; the word Bearer is sent once")]
    [InlineData("bearer", "bearer SECRET", "Bearer SECRET", "expected the token alone; the word Bearer is sent once")]
    [InlineData("bearer", "Authorization: Bearer SECRET", "Bearer SECRET", "expected the token alone; the word Bearer is sent once")]
    [InlineData("bearer", "\"SECRET\"", "Bearer SECRET", "expected them without quotes around them; they are sent without the quotes")]
    [InlineData("api_key", "'SECRET'", "SECRET", "expected them without quotes around them; they are sent without the quotes")]
    [InlineData("bearer", "Token SECRET", "Bearer Token SECRET", "expected the token alone (for another word than Bearer HTTP_AUTH_TYPE=apikey, with HTTP_AUTH_HEADER_NAME=Authorization); all of it is sent after the word Bearer")]
    [InlineData("bearer", "${TOKEN}", "Bearer ${TOKEN}", "expected the credentials themselves, which this looks like a placeholder for; they are sent unchanged")]
    [InlineData("bearer", "{{resolve:secretsmanager:logs}}", "Bearer {{resolve:secretsmanager:logs}}", "expected the credentials themselves, which this looks like a placeholder for; they are sent unchanged")]
    [InlineData("apikey", "<your-key>", "<your-key>", "expected the credentials themselves, which this looks like a placeholder for; they are sent unchanged")]
    [InlineData("apikey", "X-API-Key: SECRET", "SECRET", "expected the key alone; what stands after X-API-Key: is the key")]
    [InlineData("apikey", "x-api-key=SECRET", "SECRET", "expected the key alone; what stands after X-API-Key= is the key")]
    [InlineData("basic", "me:SECRET", "Basic bWU6U0VDUkVU", "expected the password alone, and the user name in HTTP_AUTH_USERNAME; what stands before the colon is the user name")]
    [InlineData("basic", "Basic bWU6U0VDUkVU", "Basic bWU6U0VDUkVU", "expected the password alone, and the user name in HTTP_AUTH_USERNAME; they are read as the header has them")]
    public void Credentials_are_sent_as_they_are_meant(string type, string credentials, string header, string said)
    {
        var settings = Read(new() { ["HTTP_AUTH_TYPE"] = type, ["HTTP_AUTH_CREDENTIALS"] = credentials }, out var problems);
        Assert.Equal(header, settings.Destination!.Authentication.HeaderValue);
        Assert.Equal($"HTTP_AUTH_CREDENTIALS: got a secret of {credentials.Length} characters; {said}", Assert.Single(problems));
    }

    [Theory]
    [InlineData("LOGS_MULTILINE", "true", "auto")]
    [InlineData("LOGS_MULTILINE", "Yes", "auto")]
    [InlineData("LOGS_MULTILINE", "0", "off")]
    [InlineData("LOGS_METRICS", "False", "off")]
    [InlineData("LOGS_PARSE_JSON", "on", "auto")]
    [InlineData("LOGS_PARSE_JSON", "false", "off")]
    [InlineData("HTTP_COMPRESSION", "1", "gzip")]
    [InlineData("HTTP_COMPRESSION", "no", "none")]
    [InlineData("LOGS_METRICS", "true", "emf")]
    public void A_boolean_chooses_between_off_and_one_other_value(string name, string boolean, string choice)
    {
        var settings = Read(new() { [name] = boolean }, out var problems);
        var expected = Read(new() { [name] = choice }, out _);
        Assert.EndsWith($"; using {choice}", Assert.Single(problems));
        Assert.Equal(
            (expected.ParseJson, expected.Rules?.Join is null, expected.Destination?.Request.Compression, expected.Metrics),
            (settings.ParseJson, settings.Rules?.Join is null, settings.Destination?.Request.Compression, settings.Metrics));
    }

    [Fact]
    public void A_boolean_is_no_choice_among_three()
    {
        Read(new() { ["LOGS_FLUSH_MODE"] = "true" }, out var problems);
        Assert.Single(problems);
    }

    [Fact]
    public void A_user_name_that_is_set_is_taken_off_the_password()
    {
        var settings = Read(new() { ["HTTP_AUTH_TYPE"] = "basic", ["HTTP_AUTH_USERNAME"] = "me", ["HTTP_AUTH_CREDENTIALS"] = "me:SECRET" }, out var problems);
        Assert.Equal("Basic bWU6U0VDUkVU", settings.Destination!.Authentication.HeaderValue);
        Assert.EndsWith("what stands before the colon is left out", Assert.Single(problems));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    public void Credentials_without_a_kind_are_reported(string type)
    {
        var settings = Read(new() { ["HTTP_AUTH_TYPE"] = type, ["HTTP_AUTH_CREDENTIALS"] = "SECRET" }, out var problems);
        Assert.True(settings.CanSend);
        Assert.EndsWith("expected basic, bearer or apikey beside HTTP_AUTH_CREDENTIALS; no credentials are sent", Assert.Single(problems));
    }

    [Theory]
    [InlineData("none", "HTTP_AUTH_USERNAME", "me", "HTTP_AUTH_TYPE: got \"none\"; expected basic beside HTTP_AUTH_USERNAME; no credentials are sent")]
    [InlineData("none", "HTTP_AUTH_HEADER_NAME", "X-Key", "HTTP_AUTH_TYPE: got \"none\"; expected apikey beside HTTP_AUTH_HEADER_NAME; no credentials are sent")]
    public void A_part_of_an_authentication_without_a_kind_is_reported(string type, string name, string value, string problem)
    {
        Assert.True(Read(new() { ["HTTP_AUTH_TYPE"] = type, [name] = value }, out var problems).CanSend);
        Assert.Equal(problem, Assert.Single(problems));
    }

    [Fact]
    public void Headers_as_OpenTelemetry_writes_them_are_decoded()
    {
        var settings = Read(new() { ["HTTP_HEADERS"] = "Authorization=Basic%20dTpSECRET%3D%3D,X-Other=a%20b" }, out var problems);
        Assert.Equal(["Basic dTpSECRET==", "a%20b"], settings.Destination!.Request.Headers.Select(header => header.Value));
        var problem = Assert.Single(problems);
        Assert.EndsWith("a blank for %20, as in Authorization=Basic …; Authorization is sent decoded", problem);
        Assert.DoesNotContain("SECRET", problem);
    }

    [Theory]
    [InlineData("{Region}")]
    [InlineData("${SECRET}")]
    [InlineData("Splunk ${SECRET}")]
    public void A_header_that_was_meant_to_have_a_placeholder_is_sent_unchanged_and_reported(string value)
    {
        var settings = Read(new() { ["HTTP_HEADERS"] = $"X-A={value}" }, out var problems);
        Assert.Equal(value, settings.Destination!.Request.Headers[0].Value);
        var problem = Assert.Single(problems);
        Assert.EndsWith("expected no placeholders but {function_name}, {function_version}, {region}, {account_id} and {tenant_id}; the value of header 1 is sent unchanged", problem);
        Assert.DoesNotContain("SECRET", problem);
    }

    [Fact]
    public void Semicolons_between_headers_are_read_as_commas()
    {
        var settings = Read(new() { ["HTTP_HEADERS"] = "X-A=1;x-b=2" }, out var problems);
        Assert.Equal(["X-A=1", "x-b=2"], settings.Destination!.Request.Headers.Select(header => $"{header.Name}={header.Value}"));
        Assert.EndsWith("the semicolons are read as commas: 2 headers", Assert.Single(problems));
        Assert.Equal("text/html;q=0.9", Read(new() { ["HTTP_HEADERS"] = "Accept=text/html;q=0.9" }, out var none).Destination!.Request.Headers[0].Value);
        Assert.Empty(none);
    }

    [Fact]
    public void Semicolons_between_fields_and_hosts_are_read_as_commas()
    {
        var settings = Read(new() { ["LOGS_FIELDS"] = "env=prod;team=pay" }, out var problems);
        Assert.Equal([new("env", "prod"), new("team", "pay")], settings.Format.Fields);
        Assert.EndsWith("expected commas between the pairs; the semicolons are read as commas: 2 fields", Assert.Single(problems));
        settings = Read(new() { ["HTTPS_PROXY"] = "http://p:1", ["NO_PROXY"] = "a.example;b.example" }, out problems);
        Assert.Equal("a.example,b.example", settings.Destination!.Proxies!.Exceptions);
        Assert.EndsWith("expected hosts separated by commas; the semicolons are read as commas", Assert.Single(problems));
    }

    [Theory]
    [InlineData("HTTP_ENDPOINT", "\"https://x.example\"", "https://x.example")]
    [InlineData("LOGS_FORMAT", "'ndjson'", "ndjson")]
    [InlineData("LOGS_BATCH_LINGER_MS", "\"20\"", "20")]
    [InlineData("LOGS_REDACT", "\"email\"", "email")]
    [InlineData("LOGS_EXCLUDE_REGEX", "\"^GET\"", "^GET")]
    public void Quotes_around_a_value_are_left_out(string name, string value, string used)
    {
        Assert.True(Read(new() { [name] = value }, out var problems).CanSend);
        Assert.Equal($"{name}: got \"{value}\"; expected the value without quotes around it; using {used}", Assert.Single(problems));
    }

    [Fact]
    public void Quotes_that_belong_to_an_expression_stay()
    {
        Assert.Equal(["\"password\":\"[^\"]*\""], Read(new() { ["LOGS_REDACT_REGEX"] = "\"password\":\"[^\"]*\"" }, out var problems).Rules!.Redact!.Patterns);
        Assert.Empty(problems);
    }

    static ExtensionSettings Read(Dictionary<string, string> environment, out List<string> problems)
    {
        environment.TryAdd("HTTP_ENDPOINT", "https://logs.example.com");
        var settings = SettingsReader.Read(environment.GetValueOrDefault, functionMemoryBytes: 0, out var logged);
        problems = [.. logged.Select(problem => problem.ToString())];
        return settings;
    }
}
