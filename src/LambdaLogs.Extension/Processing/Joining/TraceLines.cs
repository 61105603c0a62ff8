using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Recognises the lines of stack traces. All texts are the insides of JSON strings. Pure.</summary>
internal static class TraceLines
{
    const int TagLength = 38;

    /// <summary>Returns the kind of trace that a line starts.</summary>
    /// <param name="line">The inside of a JSON string.</param>
    /// <param name="hasHead">Whether a logger's level precedes the text.</param>
    public static TraceKind KindOf(ReadOnlySpan<byte> line, bool hasHead)
    {
        if (IsTraceback(line) || line.EndsWith("Traceback (most recent call last):"u8))
            return TraceKind.Python;
        if (IsGoHead(line))
            return TraceKind.Go;
        if (IsRustPanic(line))
            return TraceKind.RustHead;
        if (IsElixirException(line))
            return TraceKind.Elixir;
        if (IsNodePlace(line))
            return TraceKind.NodeQuote;
        if (IsException(line) || IsRubyHead(line) || IsUncaught(line))
            return TraceKind.Message;

        if (IsPythonWarning(line))
            return TraceKind.Console;
        if (line.StartsWith("error: Uncaught "u8))
            return TraceKind.NodeMark;

        // What Lambda's runtimes write for their loggers is whole: a trace after it is of something else.
        if (!hasHead || IsRuntimeHead(line))
            return TraceKind.None;

        return IsConsoleHead(line) ? TraceKind.Console : TraceKind.Failure;
    }

    /// <summary>Removes the request id in brackets that Rails writes before every line.</summary>
    public static ReadOnlySpan<byte> WithoutTag(ReadOnlySpan<byte> line) =>
        line.Length > TagLength && line[0] == '[' && line[TagLength - 1] == ']' && line[TagLength] == ' ' ? line[(TagLength + 1)..] : line;

    /// <summary>Removes leading spaces and tabs.</summary>
    public static ReadOnlySpan<byte> WithoutIndent(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            ScanSteps.Add(1);
            if (line.StartsWith(" "u8))
                line = line[1..];
            else if (line.StartsWith("\\t"u8))
                line = line[2..];
            else if (line.StartsWith("\\u0009"u8))
                line = line[6..];
            else
                return line;
        }
    }

    /// <summary>Whether an indented line is a stack frame or belongs between frames.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> text) =>
        text.StartsWith("at "u8) || text.StartsWith("... "u8) || text.StartsWith("from "u8) || text.StartsWith("File \\\""u8)
        || text.StartsWith("--- "u8) || text.StartsWith("---> "u8) || text.StartsWith("---\\u003e "u8) || text.StartsWith("---\\u003E "u8)
        || IsCause(text);

    /// <summary>Whether a line names the cause of the preceding exception.</summary>
    public static bool IsCause(ReadOnlySpan<byte> text) =>
        text.StartsWith("Caused by: "u8) || text.StartsWith("Suppressed: "u8) || text.StartsWith("--- End of "u8)
        || (text.StartsWith("Next "u8) && IsException(text[5..]));

    /// <summary>Whether a line starts a Python traceback.</summary>
    public static bool IsTraceback(ReadOnlySpan<byte> text) => text.StartsWith("Traceback (most recent call last):"u8);

    /// <summary>Whether a line links two Python tracebacks.</summary>
    public static bool IsPythonLink(ReadOnlySpan<byte> text) =>
        text.StartsWith("During handling of the above exception"u8) || text.StartsWith("The above exception was the direct cause"u8);

    /// <summary>Whether a line is the exception at the end of a Python traceback: a name, perhaps with a message.</summary>
    public static bool IsPythonException(ReadOnlySpan<byte> text)
    {
        var name = Name(text);
        return !name.IsEmpty && char.IsAsciiLetterUpper((char)LastPart(name)[0]);
    }

    /// <summary>Whether a line is an exception of Java, .NET or JavaScript: a name with a typical ending, perhaps with a message.</summary>
    public static bool IsException(ReadOnlySpan<byte> text)
    {
        text = Without(text, "Unhandled exception. "u8);
        text = Without(text, "Uncaught "u8);
        if (text.StartsWith("Exception in thread "u8))
            return true;

        var name = Name(text);
        return name.EndsWith("Exception"u8) || name.EndsWith("Error"u8) || name.EndsWith("Throwable"u8);
    }

    /// <summary>Whether a line is an exception as logged by Rails: <c>NoMethodError (undefined method 'id' for nil):</c></summary>
    public static bool IsRubyException(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf(" ("u8);
        ScanSteps.Add(text.Length);
        if (end < 5 || !(text.EndsWith("):"u8) || text.EndsWith(")"u8)) || text[..end].Contains((byte)' '))
            return false;

        var name = text[..end];
        var isError = name.EndsWith("Error"u8) || name.EndsWith("Exception"u8) || name.IndexOf("::"u8) > 0;
        return isError && char.IsAsciiLetterUpper((char)name[0]);
    }

    /// <summary>Whether a line is a Ruby frame, which has no indent in Rails: <c>app/models/order.rb:42:in 'place'</c></summary>
    public static bool IsRubyFrame(ReadOnlySpan<byte> text)
    {
        var place = text.IndexOf(":in "u8);
        ScanSteps.Add(text.Length);
        return place > 2 && char.IsAsciiDigit((char)text[place - 1]) && !text[..place].Contains((byte)' ');
    }

    /// <summary>
    /// Whether a line is an exception as Ruby prints it, with the place first:
    /// <c>/var/task/app.rb:3:in 'handler': no stock (RuntimeError)</c>
    /// </summary>
    public static bool IsRubyHead(ReadOnlySpan<byte> text) =>
        text.EndsWith(")"u8) && IsRubyFrame(text) && text.LastIndexOf(": "u8) > text.IndexOf(":in "u8);

    /// <summary>
    /// Whether a line is a numbered frame of PHP or Dart or stands before one: <c>#0 /var/task/index.php(3): f()</c>, <c>#1 {main}</c>,
    /// <c>Stack trace:</c>.
    /// </summary>
    public static bool IsNumberedFrame(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("Stack trace:"u8) || text.SequenceEqual("[stacktrace]"u8) || text.StartsWith("[previous exception] "u8))
            return true;

        var digits = text.StartsWith("#"u8) ? text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') : 0;
        if (digits < 1 || text[1 + digits] != ' ')
            return false;

        ScanSteps.Add(text.Length);
        return text.IndexOf(".php("u8) > 0 || text.EndsWith("{main}"u8) || text.IndexOf("[internal function]"u8) > 0
            || text.IndexOf(".dart:"u8) > 0 || text.IndexOf("(dart:"u8) > 0;
    }

    /// <summary>
    /// Whether a line starts a Rust panic, whose message is on the next line: <c>thread 'main' panicked at src/main.rs:2:5:</c>
    /// </summary>
    public static bool IsRustPanic(ReadOnlySpan<byte> line)
    {
        ScanSteps.Add(line.Length);
        return line.StartsWith("thread "u8) && line.EndsWith(":"u8) && line.IndexOf(" panicked at "u8) > 0;
    }

    /// <summary>Whether a line without indent starts the backtrace of a Rust panic.</summary>
    public static bool IsRustBacktrace(ReadOnlySpan<byte> text) => text.SequenceEqual("stack backtrace:"u8);

    /// <summary>Whether a line is the note at the end of a Rust panic.</summary>
    public static bool IsRustNote(ReadOnlySpan<byte> text) => text.StartsWith("note: "u8) && text.IndexOf("RUST_BACKTRACE="u8) > 0;

    /// <summary>Whether a line starts an exception that nobody caught, which is no part of what a logger wrote before.</summary>
    public static bool IsUnhandled(ReadOnlySpan<byte> text) =>
        text.StartsWith("Unhandled exception"u8) || text.StartsWith("Uncaught "u8) || text.StartsWith("Exception in thread "u8);

    /// <summary>Whether a line without indent ends a trace: of Node, or the quoted text around one of Laravel.</summary>
    public static bool IsEnd(ReadOnlySpan<byte> text) =>
        text.StartsWith("Node.js v"u8) || text.StartsWith("\\\"}"u8) || text.StartsWith("\\u0022}"u8);

    /// <summary>Whether a line is a place of Go, as it follows the name of a function: <c>/app/main.go:12 +0x1d</c>.</summary>
    public static bool IsGoPlace(ReadOnlySpan<byte> text)
    {
        ScanSteps.Add(text.Length);
        return text.IndexOf(".go:"u8) is > 0 and var at && at + 4 < text.Length && char.IsAsciiDigit((char)text[at + 4]);
    }

    /// <summary>Whether a line may be the name of a function of Go: <c>main.f</c>, <c>net/http.(*conn).serve</c>.</summary>
    public static bool IsGoFunction(ReadOnlySpan<byte> text)
    {
        ScanSteps.Add(text.Length);
        return text.IndexOf((byte)'.') > 0 && text[^1] != '.' && !text.ContainsAny(" \\:;,=\"'"u8);
    }

    /// <summary>Whether a line is an exception of Elixir: <c>** (RuntimeError) no stock</c></summary>
    public static bool IsElixirException(ReadOnlySpan<byte> text) => text.StartsWith("** ("u8);

    /// <summary>Whether a line without indent follows the frames of an Elixir report.</summary>
    public static bool IsElixir(ReadOnlySpan<byte> text) =>
        IsElixirException(text) || text.StartsWith("Last message"u8) || text.StartsWith("State: "u8) || text.StartsWith("Function: "u8);

    /// <summary>Whether a line is an uncaught exception of PHP or Dart, which print its frames after it.</summary>
    static bool IsUncaught(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("Unhandled exception:"u8)
        || (line.IndexOf("Fatal error: "u8) is 0 or 4 && line.IndexOf(" Uncaught "u8) > 0);

    /// <summary>Whether a line without indent belongs to a Go panic: a goroutine, a call, or the exit.</summary>
    public static bool IsGo(ReadOnlySpan<byte> text)
    {
        ScanSteps.Add(text.Length);
        var isCall = text.EndsWith(")"u8) && text.IndexOf((byte)'(') > 0 && !text[..text.IndexOf((byte)'(')].Contains((byte)' ');
        return text.IsEmpty || isCall || text.StartsWith("goroutine "u8) || text.StartsWith("created by "u8)
            || text.StartsWith("[signal "u8) || text.StartsWith("exit status "u8) || text.StartsWith("panic: "u8);
    }

    /// <summary>Whether a line is the first one of .NET's console logger: <c>fail: Shop.Orders[7]</c></summary>
    static bool IsConsoleHead(ReadOnlySpan<byte> line) =>
        line.Length > 8 && line[4] == ':' && line[^1] == ']' && char.IsAsciiLetterLower((char)line[0]) && char.IsAsciiDigit((char)line[^2]);

    /// <summary>Whether a line starts a crash of Go, or is about one that a server caught.</summary>
    static bool IsGoHead(ReadOnlySpan<byte> line)
    {
        ScanSteps.Add(line.Length);
        return line.StartsWith("panic: "u8) || line.StartsWith("fatal error: "u8) || line.StartsWith("goroutine "u8)
            || line.IndexOf("http: panic serving "u8) is >= 0 and < 32;
    }

    /// <summary>
    /// Whether a line is a warning of Python, which quotes its line of source: <c>/var/task/a.py:3: DeprecationWarning: …</c>
    /// </summary>
    static bool IsPythonWarning(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf("Warning: "u8);
        var start = end < 0 ? -1 : line[..end].LastIndexOf(": "u8);
        ScanSteps.Add(line.Length);
        return start > 0 && char.IsAsciiDigit((char)line[start - 1]) && !line[(start + 2)..end].Contains((byte)' ');
    }

    /// <summary>Whether a line has the prefix of Lambda's runtimes: a request id between tabs.</summary>
    static bool IsRuntimeHead(ReadOnlySpan<byte> line)
    {
        const int IdLength = 36;
        var end = 0;
        for (var tabs = 0; tabs < 2; tabs++)
        {
            var next = line[end..].IndexOf("\\t"u8);
            if (next is < 0 or > IdLength)
                return false;

            end += next + 2;
            var isId = line.Length > end + IdLength && line[end + 8] == '-' && line[end + 23] == '-';
            if (isId && line[(end + IdLength)..].StartsWith("\\t"u8))
                return true;
        }

        return false;
    }

    /// <summary>Whether a line is Node's location of an error: a path and a line number.</summary>
    static bool IsNodePlace(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("/"u8) && !line.StartsWith("file:///"u8) && !line.StartsWith("node:"u8))
            return false;

        var colon = line.LastIndexOf((byte)':');
        ScanSteps.Add(line.Length);
        return colon > 4 && colon < line.Length - 1 && !line[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !line.Contains((byte)' ');
    }

    /// <summary>Returns the dotted name at the start of a line, before a colon or the end. Empty: there is none.</summary>
    static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text)
    {
        var end = 0;
        while (end < text.Length && IsNameByte(text[end]))
            end++;
        ScanSteps.Add(end);
        var isWhole = end == text.Length || text[end] == ':';
        return isWhole && end > 0 && text[end - 1] != '.' ? text[..end] : default;
    }

    static bool IsNameByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'_' or (byte)'$';

    static ReadOnlySpan<byte> LastPart(ReadOnlySpan<byte> name) => name[(name.LastIndexOf((byte)'.') + 1)..];

    static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> text, ReadOnlySpan<byte> head) =>
        text.StartsWith(head) ? text[head.Length..] : text;
}
