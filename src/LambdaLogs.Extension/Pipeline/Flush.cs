namespace LambdaLogs.Extension.Pipeline;

/// <summary>A flush under way. Guarded by the queue's gate, but for <see cref="Done"/>.</summary>
/// <param name="deadline">By when it has to end, by the wall clock.</param>
/// <param name="isFinal">Whether it is the last one of the process.</param>
internal sealed class Flush(DateTimeOffset deadline, bool isFinal)
{
    readonly TaskCompletionSource<FlushResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>By when it has to end.</summary>
    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>Whether it is the last one of the process.</summary>
    public bool IsFinal { get; } = isFinal;

    /// <summary>Whether its time was up while a request was under way.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Ends it where an attempt that was cut off does not let go. Null: its time is not up yet.</summary>
    public ITimer? Patience { get; set; }

    /// <summary>Failed attempts within it for the batch that is first at the moment.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>Ends once nothing more can be done.</summary>
    public Task<FlushResult> Done => _done.Task;

    /// <summary>Ends it; only the first call counts.</summary>
    public void End(FlushResult result) => _done.TrySetResult(result);
}
