namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Which lines become one record. Built once by <c>Settings</c>; never changes.</summary>
internal sealed record JoinOptions
{
    /// <summary>
    /// An expression that the first line of every message matches; all other lines belong to the one before. Null, the default: stack
    /// traces are recognised.
    /// </summary>
    public string? Start { get; init; }

    /// <summary>How long a line waits for the next one. Default 200 ms.</summary>
    public TimeSpan HoldMax { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Most lines of one record. Default 1000.</summary>
    public int LinesMax { get; init; } = 1000;

    /// <summary>Most bytes of one record. Default 256 KB, which is Lambda's own bound of a line.</summary>
    public int BytesMax { get; init; } = 256 * 1024;
}
