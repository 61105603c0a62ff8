using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Says which lines belong to the one before them. Knows only the lines it was shown, in their order.</summary>
internal interface ILineDetector
{
    /// <summary>A line begins a record.</summary>
    /// <param name="line">The line, a text.</param>
    void Begin(in LogRecord line);

    /// <summary>Whether a line belongs to the ones before it.</summary>
    /// <param name="line">The line, a text.</param>
    Continuation Continues(in LogRecord line);
}
