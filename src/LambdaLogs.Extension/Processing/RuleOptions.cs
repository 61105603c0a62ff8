using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Processing.Shaping;

namespace LambdaLogs.Extension.Processing;

/// <summary>The rules that are in force. Built once by <c>Settings</c>, and only where any is set; never changes.</summary>
internal sealed record RuleOptions
{
    /// <summary>Which lines are joined. Null: none.</summary>
    public JoinOptions? Join { get; init; }

    /// <summary>Which levels are forwarded. Null: all.</summary>
    public LevelOptions? Levels { get; init; }

    /// <summary>Expressions of which a line's message has to match one. Empty: any message is forwarded.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Expressions of which a line's message must match none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What share of the invocations is forwarded. Null: all.</summary>
    public SampleOptions? Sample { get; init; }

    /// <summary>How many lines a second are forwarded. Null: any number.</summary>
    public RateLimitOptions? RateLimit { get; init; }

    /// <summary>What is hidden. Null: nothing.</summary>
    public RedactOptions? Redact { get; init; }

    /// <summary>What becomes of attributes. Null: they stay as they are.</summary>
    public FieldRuleOptions? Shape { get; init; }

    /// <summary>Longest message, in bytes as it is sent; at least 64. Null: no bound but that of a batch.</summary>
    public int? MessageBytesMax { get; init; }

    /// <summary>How much work rules may do.</summary>
    public WorkLimits Work { get; init; } = new();

    /// <summary>Bytes of records that sampling may hold back until their invocation has ended. Default 512 KB.</summary>
    public int HeldBytesMax { get; init; } = 512 * 1024;
}
