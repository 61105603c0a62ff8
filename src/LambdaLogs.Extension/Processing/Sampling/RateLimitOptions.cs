namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>How many lines are forwarded. Built once by <c>Settings</c>; immutable.</summary>
/// <param name="PerSecond">Lines per second on average; at least 1.</param>
/// <param name="Burst">Lines at once after an idle time; at least 1.</param>
internal sealed record RateLimitOptions(int PerSecond, int Burst);
