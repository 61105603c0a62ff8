namespace LambdaLogs.Extension.Processing;

/// <summary>The names of rules, as used in the summary.</summary>
internal static class RuleNames
{
    /// <summary>The number of rules.</summary>
    public const int Count = (int)Rule.Unfiltered + 1;

    /// <summary>Returns the name of a rule, for example <c>min_level</c>.</summary>
    public static string Of(Rule rule) => rule switch
    {
        Rule.Join => "multiline",
        Rule.Events => "platform_events",
        Rule.Level => "min_level",
        Rule.Include => "include",
        Rule.Exclude => "exclude",
        Rule.Sample => "sample_rate",
        Rule.RateLimit => "rate_limit",
        Rule.Redact => "redact",
        Rule.Cut => "max_message_bytes",
        Rule.RedactWhole => "redacted_whole",
        _ => "unfiltered",
    };
}
