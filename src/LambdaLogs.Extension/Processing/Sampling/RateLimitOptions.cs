namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>How many lines are forwarded. Built once by <c>Settings</c>; never changes.</summary>
/// <param name="PerSecond">Lines a second in the long run; at least 1.</param>
/// <param name="Burst">Lines at once behind a quiet time; at least 1.</param>
internal sealed record RateLimitOptions(int PerSecond, int Burst);
