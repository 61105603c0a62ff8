using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;

namespace LambdaLogs.Extension.Settings;

/// <summary>Declares the variables of rules: what is left out, and how the rest is changed.</summary>
internal static class ProcessingVariables
{
    /// <summary>See <see cref="ExtensionSettings.Types"/>.</summary>
    public static readonly Variable Types = new()
    {
        Name = "LOGS_TYPES",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        DefaultWords = "function,platform",
        AllowedWords = "function, platform or extension, or several of them, separated by commas",
        Summary = "Streams that are forwarded. Without `platform` no platform event is; `LOGS_PLATFORM_EVENTS` chooses among them.",
    };

    /// <summary>See <see cref="ExtensionSettings.ParseJson"/>.</summary>
    public static readonly Variable ParseJson = new()
    {
        Name = "LOGS_PARSE_JSON",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Rules,
        Choices = ["auto", "off"],
        Summary = "`auto`: a line of text that is a JSON object, or ends in one after a runtime's prefix, is read as fields. "
            + "`off`: it stays text. What Lambda itself hands over as JSON is read in both.",
    };

    /// <summary>See <see cref="RuleOptions.Join"/>.</summary>
    public static readonly Variable Multiline = new()
    {
        Name = "LOGS_MULTILINE",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Rules,
        Choices = ["off", "auto"],
        Summary = "`auto`: stack traces of Java, Python, Node, .NET, Go, Ruby, Rust, PHP, Elixir and Dart "
            + "that arrive line by line become one record.",
    };

    /// <summary>See <see cref="JoinOptions.Start"/>.</summary>
    public static readonly Variable MultilineStart = new()
    {
        Name = "LOGS_MULTILINE_START_REGEX",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        AllowedWords = "a regular expression",
        Summary = "What the first line of every message matches; other lines are joined to the one before. "
            + "Replaces what `auto` recognises.",
    };

    /// <summary>See <see cref="LevelOptions"/>.</summary>
    public static readonly Variable MinLevel = new()
    {
        Name = "LOGS_MIN_LEVEL",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        DefaultWords = "TRACE",
        AllowedWords = "TRACE, DEBUG, INFO, WARN, ERROR or FATAL, and logger=level, separated by commas",
        Summary = "The lowest level of lines that are forwarded; for single loggers, and those below them, as in "
            + "`INFO,Microsoft=WARN,my.app=DEBUG`.",
    };

    /// <summary>See <see cref="RuleOptions.Include"/>.</summary>
    public static readonly Variable Include = Expressions(
        "LOGS_INCLUDE_REGEX", "Only lines whose message matches are forwarded. Several expressions on lines of their own: any of them. "
            + "With `{tenant_id}=` before it an expression is for the tenant's id.");

    /// <summary>See <see cref="RuleOptions.Exclude"/>.</summary>
    public static readonly Variable Exclude = Expressions(
        "LOGS_EXCLUDE_REGEX", "Lines whose message matches are not forwarded. Several expressions on lines of their own: any of them. "
            + "With `{tenant_id}=` before it an expression is for the tenant's id.");

    /// <summary>See <see cref="SampleOptions"/>.</summary>
    public static readonly Variable SampleRate = new()
    {
        Name = "LOGS_SAMPLE_RATE",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        DefaultWords = "1",
        AllowedWords = "a share from 0 to 1, and level=share for TRACE to WARN, separated by commas",
        Summary = "Share of the invocations that are forwarded, each whole or not at all; by level as in `DEBUG=0.01,INFO=0.1`, where a "
            + "level that is not named has the share of the next more severe one that is. ERROR and FATAL always are, and so is all of an "
            + "invocation that logs one of them, times out or crashes.",
    };

    /// <summary>See <see cref="RateLimitOptions"/>.</summary>
    public static readonly Variable RateLimit = new()
    {
        Name = "LOGS_RATE_LIMIT",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        AllowedWords = "lines a second, and perhaps lines at once, as in 100 or 100,500",
        Summary = "Most lines that one environment forwards: a second in the long run, and at once (as many, where it is not said). "
            + "What is beyond is counted, and left out.",
    };

    /// <summary>See <see cref="RedactOptions.Presets"/>.</summary>
    public static readonly Variable Redact = new()
    {
        Name = "LOGS_REDACT",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        AllowedWords = "email, credit_card, ipv4, ipv6, jwt, aws_key, bearer, url_credentials, iban, us_ssn, separated by commas, or all",
        Summary = "Kinds of texts that are redacted, in messages and in all fields. Where one does not exist, all kinds are.",
    };

    /// <summary>See <see cref="RedactOptions.Patterns"/>.</summary>
    public static readonly Variable RedactRegex = Expressions(
        "LOGS_REDACT_REGEX", "What matches is redacted, in messages and in all fields. "
        + "Several expressions on lines of their own. Where one is wrong, "
        + "lines are redacted completely.");

    /// <summary>See <see cref="RedactOptions.Keys"/>.</summary>
    public static readonly Variable RedactKeys = new()
    {
        Name = "LOGS_REDACT_KEYS",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        AllowedWords = "names such as password, or paths such as user.password, separated by commas",
        Summary = "JSON members whose values are redacted: at any depth, in any case, also where the JSON is a text in a message or field, "
            + "and after password= or password: in other text. "
            + "Where one is neither a name nor a path, lines are redacted completely.",
    };

    /// <summary>See <see cref="RedactOptions.Mark"/>.</summary>
    public static readonly Variable RedactWith = new()
    {
        Name = "LOGS_REDACT_WITH",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        DefaultWords = "***",
        AllowedWords = "hash, or a text of at most 40 characters",
        Summary = "What replaces redacted values. `hash`: a keyed hash, by which equal values can be recognised.",
    };

    /// <summary>See <see cref="RedactOptions.Salt"/>.</summary>
    public static readonly Variable RedactSalt = new()
    {
        Name = "LOGS_REDACT_SALT",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        DefaultWords = "a random one for each environment",
        IsSecret = true,
        Summary = "The key of `hash`. With one of yours equal values have the same hash in all environments.",
    };

    /// <summary>See <see cref="FieldRuleOptions.Dropped"/>.</summary>
    public static readonly Variable FieldsDrop = new()
    {
        Name = "LOGS_FIELDS_DROP",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        AllowedWords = "at most 64 names, separated by commas, such as architecture,context.user.email",
        Summary = "Fields that are left out: of a record, or of its attributes, with points where they lie deeper.",
    };

    /// <summary>See <see cref="FieldRuleOptions.Renamed"/>.</summary>
    public static readonly Variable Rename = new()
    {
        Name = "LOGS_RENAME",
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        AllowedWords = "name=new_name, separated by commas, such as message=msg",
        Summary = "Fields that get another name: of a record, or of its attributes.",
    };

    /// <summary>See <see cref="RuleOptions.MessageBytesMax"/>.</summary>
    public static readonly Variable MaxMessageBytes = new()
    {
        Name = "LOGS_MAX_MESSAGE_BYTES",
        Kind = VariableKind.Size,
        Group = VariableGroup.Rules,
        Default = 16 * 1024 * 1024,
        Min = MessageLimit.MinBytes,
        Max = 16 * 1024 * 1024,
        Summary = "Longest message. A longer one is cut, and ends with how long it was. The default is no bound but that of a batch.",
    };

    /// <summary>The variables that enable rules, in the order of the reference page.</summary>
    public static Variable[] Rules =>
    [
        Multiline,
        MultilineStart,
        MinLevel,
        Include,
        Exclude,
        SampleRate,
        RateLimit,
        Redact,
        RedactRegex,
        RedactKeys,
        RedactWith,
        RedactSalt,
        FieldsDrop,
        Rename,
        MaxMessageBytes,
    ];

    static Variable Expressions(string name, string meaning) => new()
    {
        Name = name,
        Kind = VariableKind.Text,
        Group = VariableGroup.Rules,
        AllowedWords = "regular expressions, one a line",
        Summary = meaning,
    };
}
