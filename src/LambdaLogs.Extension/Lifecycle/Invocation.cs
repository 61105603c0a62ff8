namespace LambdaLogs.Extension.Lifecycle;

/// <summary>The current or last invocation.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="Started">When its event arrived, by the wall clock.</param>
/// <param name="Deadline">When it times out.</param>
internal sealed record Invocation(string RequestId, DateTimeOffset Started, DateTimeOffset Deadline)
{
    /// <summary>The time that the invocation may take in total.</summary>
    public TimeSpan Timeout => Deadline > Started ? Deadline - Started : TimeSpan.Zero;
}
