namespace LambdaLogs.Extension.Processing;

/// <summary>
/// How much work rules may do. A step is a byte that is looked at, or a state of a pattern that is visited. Never changes.
/// </summary>
internal sealed record WorkLimits
{
    /// <summary>Steps that any record may take in one rule.</summary>
    public long RecordSteps { get; init; } = 256 * 1024;

    /// <summary>Further steps for each byte of the record.</summary>
    public long StepsPerByte { get; init; } = 128;

    /// <summary>Steps that all records of one telemetry body may take together.</summary>
    public long BodySteps { get; init; } = 64 * 1024 * 1024;

    /// <summary>Time that all records of one telemetry body may take together. Default 250 ms.</summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bounds for a function whose invocations may be held for a time: what waits for rules has to end well within it.</summary>
    /// <param name="flushTimeout">Longest time a flush may add.</param>
    public static WorkLimits For(TimeSpan flushTimeout)
    {
        var milliseconds = Math.Clamp(flushTimeout.TotalMilliseconds / 4, 20, 250);
        return new WorkLimits { BodyTime = TimeSpan.FromMilliseconds(milliseconds) };
    }

    /// <summary>No bound.</summary>
    public static WorkLimits None { get; } = new()
    {
        RecordSteps = long.MaxValue / 4,
        StepsPerByte = 0,
        BodySteps = long.MaxValue / 4,
        BodyTime = TimeSpan.MaxValue,
    };
}
