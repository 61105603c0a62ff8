using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;

namespace LambdaLogs.Extension.Processing;

/// <summary>The rules in force. Built once by <c>Settings</c>, and only if any is set; immutable.</summary>
internal sealed record RuleOptions
{
    /// <summary>Which lines are joined. Null: none.</summary>
    public JoinOptions? Join { get; init; }

    /// <summary>Which levels are forwarded. Null: all.</summary>
    public LevelOptions? Levels { get; init; }

    /// <summary>Expressions of which a line's message has to match one, where its tenant matches none. Empty: any is forwarded.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>The same for the id of its tenant.</summary>
    public IReadOnlyList<string> IncludeTenants { get; init; } = [];

    /// <summary>Expressions that a line's message must not match.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The same for the id of its tenant.</summary>
    public IReadOnlyList<string> ExcludeTenants { get; init; } = [];

    /// <summary>The share of invocations that is forwarded. Null: all.</summary>
    public SampleOptions? Sample { get; init; }

    /// <summary>The number of lines per second that is forwarded. Null: unlimited.</summary>
    public RateLimitOptions? RateLimit { get; init; }

    /// <summary>What is redacted. Null: nothing.</summary>
    public RedactOptions? Redact { get; init; }

    /// <summary>How attributes are dropped and renamed. Null: unchanged.</summary>
    public FieldRuleOptions? Fields { get; init; }

    /// <summary>Largest encoded message in bytes; at least 64. Null: limited by the batch only.</summary>
    public int? MessageBytesMax { get; init; }

    /// <summary>Limits of the work.</summary>
    public WorkLimits Work { get; init; } = new();

    /// <summary>Bytes of records that sampling may hold until their invocation has ended. Default 512 KB.</summary>
    public int PendingBytesMax { get; init; } = 512 * 1024;
}
