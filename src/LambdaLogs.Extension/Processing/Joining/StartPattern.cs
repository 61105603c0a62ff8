using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Treats every line that does not match a pattern as a continuation.</summary>
/// <param name="start">Matches first lines.</param>
/// <param name="work">Limits the work. A line that exceeds it becomes a separate record.</param>
internal sealed class StartPattern(Pattern start, WorkMeter work) : ILineDetector
{
    readonly Unescaper _text = new();

    /// <inheritdoc/>
    public void Begin(in LogRecord line)
    {
    }

    /// <inheritdoc/>
    public Continuation Continues(in LogRecord line)
    {
        work.BeginRecord(line.Message.Length);
        return !start.IsMatch(_text.Unescape(line.Message)) && !work.IsSpent ? Continuation.Yes : Continuation.No;
    }
}
