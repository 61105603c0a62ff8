namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Which lines are joined to one record. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record JoinOptions
{
    /// <summary>
    /// A regular expression that matches the first line of every message; all other lines continue the previous one. Null, the default:
    /// stack traces are recognised.
    /// </summary>
    public string? Start { get; init; }

    /// <summary>How long a line waits for the next one. Default 200 ms.</summary>
    public TimeSpan PendingTimeMax { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Most lines of one record. Default 1000.</summary>
    public int LinesMax { get; init; } = 1000;

    /// <summary>Largest record in bytes. Default 256 KB, which is Lambda's limit for a line.</summary>
    public int BytesMax { get; init; } = 256 * 1024;
}
