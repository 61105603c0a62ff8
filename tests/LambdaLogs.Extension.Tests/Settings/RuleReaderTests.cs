using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class RuleReaderTests
{
    [Fact]
    public void Without_variables_there_are_no_rules()
    {
        var settings = Read();
        Assert.Null(settings.Rules);
        Assert.Equal((TelemetryTypes.Default, true), (settings.Types, settings.ParseJson));
    }

    [Theory]
    [InlineData("function", TelemetryTypes.Function)]
    [InlineData("Function, EXTENSION", TelemetryTypes.Function | TelemetryTypes.Extension)]
    [InlineData("platform", TelemetryTypes.Platform)]
    internal void Types_are_streams(string text, TelemetryTypes expected) => Assert.Equal(expected, Read("LOGS_TYPES", text).Types);

    [Fact]
    public void Without_the_platform_stream_no_platform_event_is_forwarded_and_a_choice_of_them_is_reported()
    {
        Assert.Equal(PlatformEventSet.None, Read("LOGS_TYPES", "function").Filter.PlatformEvents);
        var settings = Read(["LOGS_TYPES", "function", "LOGS_PLATFORM_EVENTS", "report"], out var problems);
        Assert.Equal(PlatformEventSet.None, settings.Filter.PlatformEvents);
        Assert.Equal(
            "LOGS_TYPES: got \"function\"; expected platform among them, beside LOGS_PLATFORM_EVENTS; no platform event is forwarded",
            Assert.Single(problems));
    }

    [Fact]
    public void A_level_and_levels_of_loggers_are_read()
    {
        var levels = Read("LOGS_MIN_LEVEL", "info, Microsoft.*=Warning ,my.app=DEBUG").Rules!.Levels!;
        Assert.Equal(LogLevel.Info, levels.Minimum);
        Assert.Equal([new("Microsoft", LogLevel.Warn), new("my.app", LogLevel.Debug)], levels.Loggers);
        Assert.Null(Read("LOGS_MIN_LEVEL", "TRACE").Rules);
    }

    [Theory]
    [InlineData("0.1", 0.1, 0.1, 0.1, 0.1)]
    [InlineData("10%", 0.1, 0.1, 0.1, 0.1)]
    [InlineData("DEBUG=0.01,INFO=0.1", 0.01, 0.01, 0.1, 1)]
    [InlineData("INFO=0.1", 0.1, 0.1, 0.1, 1)]
    [InlineData("0.5,DEBUG=0", 0.5, 0, 0.5, 0.5)]
    public void Shares_are_read_by_level(string text, double trace, double debug, double info, double warn) =>
        Assert.Equal([trace, debug, info, warn], Read("LOGS_SAMPLE_RATE", text).Rules!.Sample!.Rates);

    [Theory]
    [InlineData("100", 100, 100)]
    [InlineData("100, 500", 100, 500)]
    public void A_limit_may_have_a_burst(string text, int perSecond, int burst) =>
        Assert.Equal(new(perSecond, burst), Read("LOGS_RATE_LIMIT", text).Rules!.RateLimit);

    [Fact]
    public void Expressions_stand_on_lines_of_their_own()
    {
        var rules = Read("LOGS_INCLUDE_REGEX", " a,b \r\n\n c$ ", "LOGS_EXCLUDE_REGEX", "x|y", "LOGS_MULTILINE_START_REGEX", @"^\d{4}").Rules!;
        Assert.Equal(["a,b", "c$"], rules.Include);
        Assert.Equal(["x|y"], rules.Exclude);
        Assert.Equal(@"^\d{4}", rules.Join!.Start);
    }

    [Fact]
    public void What_is_hidden_and_by_what_is_read()
    {
        var redact = Read("LOGS_REDACT", "Email, credit_card", "LOGS_REDACT_REGEX", "a\nb", "LOGS_REDACT_KEYS", "password,pin", "LOGS_REDACT_WITH", "HASH", "LOGS_REDACT_SALT", "s").Rules!.Redact!;
        Assert.Equal(RedactPresets.Email | RedactPresets.CreditCard, redact.Presets);
        Assert.Equal(["a", "b"], redact.Patterns);
        Assert.Equal(["password", "pin"], redact.Keys);
        Assert.Equal((null, "s"), (redact.Mark, redact.Salt));
        Assert.Equal((RedactPresets.All, "***"), (Read("LOGS_REDACT", "all").Rules!.Redact!.Presets, Read("LOGS_REDACT", "all").Rules!.Redact!.Mark));
        Assert.Null(Read("LOGS_REDACT_WITH", "hash").Rules);
    }

    [Theory]
    [InlineData("phone", RedactPresets.All)]
    [InlineData("email,emial", RedactPresets.All)]
    internal void A_kind_that_does_not_exist_stands_for_all_of_them(string text, RedactPresets expected)
    {
        var settings = Read(["LOGS_REDACT", text], out var problems);
        Assert.Equal(expected, settings.Rules!.Redact!.Presets);
        Assert.EndsWith(": all kinds are redacted", Assert.Single(problems));
    }

    [Theory]
    [InlineData("credit-card", RedactPresets.CreditCard)]
    [InlineData("CreditCard;AWS-KEY", RedactPresets.CreditCard | RedactPresets.AwsKey)]
    [InlineData("['email', 'ssn']", RedactPresets.Email | RedactPresets.UsSsn)]
    [InlineData("on", RedactPresets.All)]
    internal void Kinds_are_written_as_one_likes(string text, RedactPresets expected) =>
        Assert.Equal(expected, Read("LOGS_REDACT", text).Rules!.Redact!.Presets);

    [Theory]
    [InlineData("none")]
    [InlineData("off")]
    public void No_kind_is_a_choice_as_well(string text) => Assert.Null(Read("LOGS_REDACT", text).Rules);

    [Theory]
    [InlineData("LOGS_REDACT_REGEX", @"ok\1", "is wrong (a reference to a group is not supported: it cannot be matched in linear time at character 3): lines are redacted completely")]
    [InlineData("LOGS_REDACT_REGEX", "right\n(wrong", "is wrong (a ( has no ) at character 1): lines are redacted completely")]
    [InlineData("LOGS_REDACT_KEYS", "*pass*", "\"*pass*\" is neither a name nor a path: lines are redacted completely")]
    [InlineData("LOGS_REDACT_KEYS", "token,user[password", "\"user[password\" is neither a name nor a path: lines are redacted completely")]
    [InlineData("LOGS_REDACT_KEYS", "^password$", "\"^password$\" is neither a name nor a path: lines are redacted completely")]
    public void What_cannot_be_understood_redacts_lines_whole(string name, string value, string used)
    {
        var settings = Read([name, value], out var problems);
        Assert.Equal(name, settings.Rules!.Redact!.InvalidVariable);
        Assert.EndsWith(used, Assert.Single(problems));
    }

    [Theory]
    [InlineData("password", "password", "")]
    [InlineData("'password' token", "password token", "")]
    [InlineData("[\"password\"]", "password", "")]
    [InlineData("[\"password\", \"token\"]", "password token", "")]
    [InlineData("$.password", "password", "")]
    [InlineData("$..password", "password", "")]
    [InlineData("*.password", "password", "")]
    [InlineData("user.password", "user.password", "user/password")]
    [InlineData("$.user.password", "$.user.password", "user/password")]
    [InlineData("user[\"password\"]", "user[\"password\"]", "user/password")]
    [InlineData("$['user']['pass word']", "$['user']['pass word']", "user/pass word")]
    [InlineData("users[*].password;users[0].pin", "users[*].password users[0].pin", "users/password users/pin")]
    [InlineData("/user/pass~1word", "/user/pass~1word", "user/pass/word")]
    public void Names_and_paths_are_read_as_people_write_them(string text, string keys, string paths)
    {
        var redact = Read("LOGS_REDACT_KEYS", text).Rules!.Redact!;
        Assert.Equal(keys, string.Join(' ', redact.Keys));
        Assert.Equal(paths, string.Join(' ', redact.Paths.Select(path => string.Join('/', path))));
    }

    [Theory]
    [InlineData("LOGS_EXCLUDE_REGEX", "/^get health/i", "(?i)^get health")]
    [InlineData("LOGS_INCLUDE_REGEX", @"/\d+/g", @"\d+")]
    [InlineData("LOGS_EXCLUDE_REGEX", "/a|b/", "a|b")]
    [InlineData("LOGS_REDACT_REGEX", "/secret/", "secret")]
    public void An_expression_between_slashes_is_reported_and_read_without_them(string name, string value, string expected)
    {
        var rules = Read([name, value], out var problems).Rules!;
        Assert.Equal([expected], [.. rules.Include, .. rules.Exclude, .. rules.Redact?.Patterns ?? []]);
        Assert.Equal($"{name}: got \"{value}\"; expected an expression without slashes around it, as in {expected}; using {expected}", Assert.Single(problems));
    }

    [Fact]
    public void A_path_with_slashes_is_an_expression_as_it_stands() => Assert.Equal(["/health/"], Read("LOGS_EXCLUDE_REGEX", "/health/").Rules!.Exclude);

    [Fact]
    public void Every_preset_has_a_name()
    {
        var names = ProcessingVariables.Redact.AllowedText.Split(", separated")[0].Split(", ");
        Assert.Equal(RedactPresets.All, names.Aggregate(RedactPresets.None, (all, name) => all | RedactReader.PresetOf(name)));
        Assert.Equal(10, names.Length);
    }

    [Fact]
    public void Shape_and_length_are_read()
    {
        var rules = Read("LOGS_FIELDS_DROP", "a, b.c", "LOGS_RENAME", "message=msg,x=y", "LOGS_MAX_MESSAGE_BYTES", "1KB", "LOGS_PARSE_JSON", "off").Rules!;
        Assert.Equal(["a", "b.c"], rules.Fields!.Dropped);
        Assert.Equal([new("message", "msg"), new("x", "y")], rules.Fields.Renamed);
        Assert.Equal(1024, rules.MessageBytesMax);
        Assert.False(Read("LOGS_PARSE_JSON", "off").ParseJson);
    }

    [Theory]
    [InlineData("LOGS_TYPES", "functions", "\"functions\" is left out")]
    [InlineData("LOGS_MIN_LEVEL", "loud", "\"loud\" is left out")]
    [InlineData("LOGS_MIN_LEVEL", "=WARN", "\"=WARN\" is left out")]
    [InlineData("LOGS_SAMPLE_RATE", "2", "\"2\" is left out")]
    [InlineData("LOGS_SAMPLE_RATE", "ERROR=0.1", "\"ERROR=0.1\" is left out")]
    [InlineData("LOGS_RATE_LIMIT", "many", "no limit is used")]
    [InlineData("LOGS_RATE_LIMIT", "0", "no limit is used")]
    [InlineData("LOGS_RATE_LIMIT", "1,2,3", "no limit is used")]
    [InlineData("LOGS_INCLUDE_REGEX", "(a", "\"(a\" is left out: a ( has no ) at character 1")]
    [InlineData("LOGS_MULTILINE_START_REGEX", "[", "\"[\" is left out: a [ has no ] at character 1")]
    [InlineData("LOGS_MULTILINE", "maybe", "using off")]
    [InlineData("LOGS_RENAME", "message", "\"message\" is left out")]
    [InlineData("LOGS_MAX_MESSAGE_BYTES", "10", "using 16MB")]
    public void A_wrong_value_is_reported_and_the_rest_goes_on(string name, string value, string used)
    {
        var settings = Read([name, value], out var problems);
        Assert.EndsWith("; " + used, Assert.Single(problems));
        Assert.StartsWith($"{name}: got \"", problems[0]);
        Assert.Null(settings.Rules);
    }

    [Fact]
    public void Expressions_that_are_too_large_together_are_reported()
    {
        var large = string.Join('\n', Enumerable.Range(0, 5).Select(number => $"{number}[a-z]{{900}}"));
        var settings = Read(["LOGS_EXCLUDE_REGEX", large], out var problems);
        Assert.Equal(3, settings.Rules!.Exclude.Count);
        Assert.Equal(2, problems.Count);
        Assert.Contains("too large together", problems[0]);
    }

    static ExtensionSettings Read(params string[] environment)
    {
        var settings = Read(environment, out var problems);
        Assert.Empty(problems);
        return settings;
    }

    static ExtensionSettings Read(string[] environment, out IReadOnlyList<string> problems)
    {
        var values = new Dictionary<string, string> { ["HTTP_ENDPOINT"] = "http://x" };
        for (var index = 0; index < environment.Length; index += 2)
            values[environment[index]] = environment[index + 1];
        var settings = SettingsReader.Read(values.GetValueOrDefault, 128 << 20, out var logged);
        problems = [.. logged.Select(problem => problem.ToString())];
        return settings;
    }
}
