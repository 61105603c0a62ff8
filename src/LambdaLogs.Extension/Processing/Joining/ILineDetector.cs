using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Decides which lines continue the previous one. Knows only the lines that it was given, in order.</summary>
internal interface ILineDetector
{
    /// <summary>Tells it the first line of a record.</summary>
    /// <param name="line">The line, plain text.</param>
    void Begin(in LogRecord line);

    /// <summary>Returns whether a line continues the lines before it.</summary>
    /// <param name="line">The line, plain text.</param>
    Continuation Continues(in LogRecord line);
}
