namespace LambdaLogs.Extension.Lifecycle;

/// <summary>The invocation under way, or the last one.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="Started">When its event came, by the wall clock.</param>
/// <param name="Deadline">When it times out.</param>
internal sealed record Invocation(string RequestId, DateTimeOffset Started, DateTimeOffset Deadline)
{
    /// <summary>How long it may take in all.</summary>
    public TimeSpan Timeout => Deadline > Started ? Deadline - Started : TimeSpan.Zero;
}
