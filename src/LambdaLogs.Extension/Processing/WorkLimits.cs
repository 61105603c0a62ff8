namespace LambdaLogs.Extension.Processing;

/// <summary>Limits of the work of rules. A step is an examined byte or a visited state of a pattern. Immutable.</summary>
internal sealed record WorkLimits
{
    /// <summary>Steps for any record in one rule.</summary>
    public long RecordSteps { get; init; } = 256 * 1024;

    /// <summary>Additional steps for each byte of the record.</summary>
    public long StepsPerByte { get; init; } = 128;

    /// <summary>Steps for all records of one telemetry body.</summary>
    public long BodySteps { get; init; } = 64 * 1024 * 1024;

    /// <summary>Time for all records of one telemetry body. Default 250 ms.</summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns the limits for a function with the given flush timeout: rules have to end well within it.</summary>
    /// <param name="flushTimeout">The longest time that a flush may add.</param>
    public static WorkLimits For(TimeSpan flushTimeout)
    {
        var milliseconds = Math.Clamp(flushTimeout.TotalMilliseconds / 4, 20, 250);
        return new WorkLimits { BodyTime = TimeSpan.FromMilliseconds(milliseconds) };
    }

    /// <summary>No limits.</summary>
    public static WorkLimits None { get; } = new()
    {
        RecordSteps = long.MaxValue / 4,
        StepsPerByte = 0,
        BodySteps = long.MaxValue / 4,
        BodyTime = TimeSpan.MaxValue,
    };
}
