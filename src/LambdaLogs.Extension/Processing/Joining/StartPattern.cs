using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Takes every line that does not match a pattern for a part of the one before.</summary>
/// <param name="start">What first lines match.</param>
internal sealed class StartPattern(Pattern start) : ILineShape
{
    readonly Unescaped _text = new();

    /// <inheritdoc/>
    public void Begin(in LogRecord line)
    {
    }

    /// <inheritdoc/>
    public Continuation Continues(in LogRecord line) => start.IsMatch(_text.Of(line.Message)) ? Continuation.No : Continuation.Yes;
}
