namespace LambdaLogs.Extension.Processing;

/// <summary>What rules need from outside.</summary>
/// <param name="Counts">Learns what they do.</param>
/// <param name="Time">The monotonic clock.</param>
/// <param name="NewSalt">A random text, asked for once, and only where values are hashed without a salt of the user's.</param>
internal sealed record RuleTools(IRuleCounts Counts, TimeProvider Time, Func<string> NewSalt);
