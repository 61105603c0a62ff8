using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>
/// Recognises stack traces of Java, Python, Node, .NET, Go, Ruby, Rust, PHP, Elixir and Dart that are written line by line, including the
/// logger's line before them. A line that is indented like a frame continues any line; a line without indent only where the trace expects
/// one. One thread at a time.
/// </summary>
internal sealed class StackTraces : ILineDetector
{
    /// <summary>Longest time between a logger's line and its exception, which it writes at once.</summary>
    const long HeadMaxTicks = 2 * TimeSpan.TicksPerMillisecond;

    TraceKind _kind;
    long? _infoTime;

    /// <inheritdoc/>
    public void Begin(in LogRecord line)
    {
        var hasHead = line.LevelOrigin == LevelOrigin.Named;
        _kind = TraceLines.KindOf(line.Message, hasHead);
        _infoTime = hasHead && line.Level < LogLevel.Warn && Rfc3339.TryParse(line.Time, out var time) ? time : null;
    }

    /// <inheritdoc/>
    public Continuation Continues(in LogRecord line)
    {
        var tagged = TraceLines.WithoutTag(line.Message);
        var text = TraceLines.WithoutIndent(tagged);
        var isIndented = text.Length < tagged.Length;
        var isOwnRecord = line.LevelOrigin == LevelOrigin.Named && !isIndented && !TraceLines.IsException(text);
        if (isOwnRecord && _kind != TraceKind.RustHead)
            return Continuation.No;

        if (Next(text, isIndented) is not { } next)
            return MayBeMessage(text) ? Continuation.Perhaps : Continuation.No;

        if (_kind == TraceKind.Failure && IsLater(line))
            return Continuation.No;

        _kind = next;
        return Continuation.Yes;
    }

    /// <summary>
    /// Whether a trace came later than a logger's line at INFO or below: then it is of an exception that nobody caught, which must not be
    /// hidden behind that level.
    /// </summary>
    bool IsLater(in LogRecord line) =>
        _infoTime is { } head && Rfc3339.TryParse(line.Time, out var time) && time - head > HeadMaxTicks;

    /// <summary>
    /// Whether it may be a further line of an exception's message, before the frames or the cause; or the name of a function of Go before
    /// its place.
    /// </summary>
    bool MayBeMessage(ReadOnlySpan<byte> text) => _kind switch
    {
        TraceKind.Message or TraceKind.PythonEnd => true,
        TraceKind.RustMessage => !TraceLines.IsRustPanic(text),
        TraceKind.Failure or TraceKind.GoStack => text.IsEmpty || TraceLines.IsGoFunction(text),
        TraceKind.Frames => text.IsEmpty,
        _ => false,
    };

    /// <summary>Returns the state after this line. Null: the line does not continue the trace.</summary>
    TraceKind? Next(ReadOnlySpan<byte> text, bool isIndented) => _kind switch
    {
        TraceKind.RustHead => TraceKind.RustMessage,
        TraceKind.RustMessage when isIndented => TraceKind.RustMessage,
        TraceKind.RustMessage or TraceKind.Rust when TraceLines.IsRustNote(text) => TraceKind.None,
        TraceKind.RustMessage when TraceLines.IsRustBacktrace(text) => TraceKind.Rust,
        TraceKind.RustMessage => null,
        TraceKind.Rust => isIndented ? TraceKind.Rust : null,
        TraceKind.GoStack => isIndented && TraceLines.IsGoPlace(text) ? TraceKind.GoStack : null,
        TraceKind.Elixir => isIndented || TraceLines.IsElixir(text) ? TraceKind.Elixir : null,
        TraceKind.Go => isIndented || TraceLines.IsGo(text) ? TraceKind.Go : null,
        TraceKind.Python => Python(text, isIndented),
        TraceKind.PythonEnd => PythonEnd(text),
        TraceKind.NodeQuote => TraceKind.NodeMark,
        TraceKind.NodeMark when isIndented || text.IsEmpty || text[0] == '^' => TraceKind.NodeMark,
        TraceKind.NodeMark when TraceLines.IsException(text) => TraceKind.Frames,
        TraceKind.Console => isIndented ? TraceKind.Console : null,
        TraceKind.Message when isIndented && !text.IsEmpty && !TraceLines.IsFrame(text) => TraceKind.Message,
        TraceKind.Message => Frames(text, isIndented && !text.IsEmpty),
        TraceKind.Frames => Frames(text, isIndented || text.SequenceEqual("}"u8)),
        TraceKind.Failure when TraceLines.IsUnhandled(text) => null,
        TraceKind.Failure when isIndented && TraceLines.IsGoPlace(text) => TraceKind.GoStack,
        TraceKind.Failure when TraceLines.IsTraceback(text) => TraceKind.Python,
        TraceKind.Failure when TraceLines.IsElixirException(text) => TraceKind.Elixir,
        TraceKind.Failure when TraceLines.IsException(text) || TraceLines.IsRubyException(text) => TraceKind.Message,
        _ => Frames(text, isIndented && TraceLines.IsFrame(text)),
    };

    static TraceKind? Frames(ReadOnlySpan<byte> text, bool isFrame)
    {
        if (TraceLines.IsCause(text))
            return TraceKind.Message;

        if (TraceLines.IsEnd(text))
            return TraceKind.Frames;

        var isKnown = TraceLines.IsNumberedFrame(text) || (TraceLines.IsRubyFrame(text) && !TraceLines.IsRubyHead(text));
        return isFrame || isKnown ? TraceKind.Frames : null;
    }

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
