using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Takes every line that does not match a pattern for a part of the one before.</summary>
/// <param name="start">What first lines match.</param>
/// <param name="work">Bounds the work; a line beyond the bound is a record of its own.</param>
internal sealed class StartPattern(Pattern start, WorkMeter work) : ILineDetector
{
    readonly Unescaped _text = new();

    /// <inheritdoc/>
    public void Begin(in LogRecord line)
    {
    }

    /// <inheritdoc/>
    public Continuation Continues(in LogRecord line)
    {
        work.BeginRecord(line.Message.Length);
        return !start.IsMatch(_text.Of(line.Message)) && !work.IsSpent ? Continuation.Yes : Continuation.No;
    }
}
