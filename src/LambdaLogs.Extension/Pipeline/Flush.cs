namespace LambdaLogs.Extension.Pipeline;

/// <summary>A flush in progress. Guarded by the queue's lock.</summary>
/// <param name="deadline">When it must end, by the wall clock.</param>
/// <param name="until">When it must end, by the monotonic clock.</param>
/// <param name="isFinal">Whether it is the last flush of the process.</param>
internal sealed class Flush(DateTimeOffset deadline, long until, bool isFinal)
{
    const int InProgress = -1;

    volatile int _result = InProgress;

    /// <summary>When it must end, by the wall clock.</summary>
    public DateTimeOffset Deadline => deadline;

    /// <summary>When it must end, by the monotonic clock.</summary>
    public long Until => until;

    /// <summary>Whether it is the last flush of the process.</summary>
    public bool IsFinal => isFinal;

    /// <summary>Whether its time ran out while a request was in progress.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Failed attempts within it for the batch that is currently first.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>Its result. Null: it is in progress. May be read without the lock.</summary>
    public FlushResult? Result
    {
        get => _result == InProgress ? null : (FlushResult)_result;
        set => _result = value is { } result ? (int)result : InProgress;
    }

    /// <summary>Responses within it that did not deliver a whole batch.</summary>
    public int Setbacks { get; set; }
}
