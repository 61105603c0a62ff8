namespace LambdaLogs.Extension.Pipeline;

/// <summary>A flush under way. Guarded by the queue's gate.</summary>
/// <param name="deadline">By when it has to end, by the wall clock.</param>
/// <param name="until">The same by the monotonic clock.</param>
/// <param name="isFinal">Whether it is the last one of the process.</param>
internal sealed class Flush(DateTimeOffset deadline, long until, bool isFinal)
{
    /// <summary>By when it has to end.</summary>
    public DateTimeOffset Deadline => deadline;

    /// <summary>By when it has to end, by the monotonic clock.</summary>
    public long Until => until;

    /// <summary>Whether it is the last one of the process.</summary>
    public bool IsFinal => isFinal;

    /// <summary>Whether its time was up while a request was under way.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Failed attempts within it for the batch that is first at the moment.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>What came of it. Null: it is under way.</summary>
    public FlushResult? Result { get; set; }

    /// <summary>Responses within it by which a batch has not arrived as a whole.</summary>
    public int Setbacks { get; set; }
}
