using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>
/// Recognises the stack traces that Java, Python, Node, .NET, Go and Ruby write line by line. A line that is indented like a frame belongs
/// to whatever stands before it; one without an indent only where the trace says that such a line comes. One thread at a time.
/// </summary>
internal sealed class StackTraces : ILineShape
{
    TraceKind _kind;

    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<byte> line, LogLevel level) => _kind = TraceLines.KindOf(line, level);

    /// <inheritdoc/>
    public bool Continues(ReadOnlySpan<byte> line)
    {
        var text = TraceLines.WithoutIndent(line);
        var next = Next(text, isIndented: text.Length < line.Length);
        _kind = next ?? _kind;
        return next is not null;
    }

    /// <summary>What the lines are with this one. Null: it does not belong to them.</summary>
    TraceKind? Next(ReadOnlySpan<byte> text, bool isIndented) => _kind switch
    {
        TraceKind.Go => isIndented || TraceLines.IsGo(text) ? TraceKind.Go : null,
        TraceKind.Python => Python(text, isIndented),
        TraceKind.PythonEnd => PythonEnd(text),
        TraceKind.NodeQuote => TraceKind.NodeMark,
        TraceKind.NodeMark when isIndented || text.IsEmpty || text[0] == '^' => TraceKind.NodeMark,
        TraceKind.NodeMark when TraceLines.IsException(text) => TraceKind.Frames,
        TraceKind.Frames => isIndented || text.SequenceEqual("}"u8) || TraceLines.IsCause(text) ? TraceKind.Frames : null,
        TraceKind.Failure when TraceLines.IsTraceback(text) => TraceKind.Python,
        TraceKind.Failure when TraceLines.IsException(text) => TraceKind.Frames,
        _ => (isIndented && TraceLines.IsFrame(text)) || TraceLines.IsCause(text) ? TraceKind.Frames : null,
    };

    static TraceKind? Python(ReadOnlySpan<byte> text, bool isIndented)
    {
        if (isIndented || text.IsEmpty || TraceLines.IsTraceback(text) || TraceLines.IsPythonLink(text))
            return TraceKind.Python;

        return TraceLines.IsPythonException(text) ? TraceKind.PythonEnd : null;
    }

    static TraceKind? PythonEnd(ReadOnlySpan<byte> text)
    {
        if (TraceLines.IsPythonLink(text) || TraceLines.IsTraceback(text))
            return TraceKind.Python;

        return text.IsEmpty ? TraceKind.PythonEnd : null;
    }
}
