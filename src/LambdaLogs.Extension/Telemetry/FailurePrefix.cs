using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Recognises the first line that runtimes print for an unhandled exception or a crash. Pure.</summary>
internal static class FailurePrefix
{
    /// <summary>Returns the level of a text.</summary>
    /// <param name="text">The escaped text after a line's time and names; its beginning is enough.</param>
    /// <returns>INFO if it is not recognised.</returns>
    public static LogLevel LevelOf(ReadOnlySpan<byte> text)
    {
        if (text.Length < 8)
            return LogLevel.Info;

        if (IsKnown(text) || IsException(text) || IsJavaTrace(text))
            return LogLevel.Error;

        return IsWarning(text) ? LogLevel.Warn : LogLevel.Info;
    }

    /// <summary>Whether it begins as runtimes begin.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> text)
    {
        return (char)text[0] switch
        {
            'T' => text.StartsWith("Traceback (most recent call last):"u8) || text.StartsWith("Task timed out after "u8),
            'E' => text.StartsWith("Exception in thread "u8),
            'U' => text.StartsWith("Unhandled exception"u8) || text.StartsWith("Unhandled Exception"u8) || text.StartsWith("Uncaught "u8)
                || text.StartsWith("Unhandled Promise"u8) || text.StartsWith("UnhandledPromise"u8),
            'p' => text.StartsWith("panic: "u8),
            'f' => text.StartsWith("fatal error: "u8) || IsPlace(text),
            'g' => text.StartsWith("goroutine "u8) && text.Contains((byte)'['),
            't' => (text.StartsWith("thread '"u8) && text.IndexOf(" panicked at "u8) > 0) || text.StartsWith("terminate called "u8),
            'S' => text.StartsWith("Segmentation fault"u8) || text.StartsWith("SIGSEGV"u8) || text.StartsWith("Stack overflow."u8),
            'A' => text.StartsWith("Aborted (core dumped)"u8) || text.StartsWith("A fatal error has been detected by "u8),
            'm' => text.StartsWith("memory allocation of "u8) && text.IndexOf(" bytes failed"u8) > 0,
            '*' => text.StartsWith("** ("u8),
            '=' => text.StartsWith("=ERROR REPORT"u8) || text.StartsWith("=CRASH REPORT"u8),
            '/' or 'n' => IsPlace(text),
            'P' when text.StartsWith("PHP "u8) => text.StartsWith("PHP Fatal error: "u8) || text.StartsWith("PHP Parse error: "u8),
            'P' => text.StartsWith("Process terminated. "u8),
            'F' => text.StartsWith("Fatal error: "u8) || text.StartsWith("Fatal Python error: "u8),
            _ => false,
        };
    }

    /// <summary>
    /// An exception's name, perhaps with its message: <c>java.lang.IllegalStateException: no stock</c>, <c>TypeError: …</c>.
    /// </summary>
    static bool IsException(ReadOnlySpan<byte> text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] is (byte)'.' or (byte)'_' or (byte)'$'))
            end++;
        var isWhole = end == text.Length || text[end..].StartsWith(": "u8) || text[end..].StartsWith("\\n"u8);
        if (!isWhole || end < 5)
            return false;

        var name = text[..end];
        return name.EndsWith("Exception"u8) || name.EndsWith("Error"u8) || name.EndsWith("Throwable"u8);
    }

    /// <summary>
    /// The source location that Node and Ruby print first: <c>/var/task/index.js:3</c> followed by the quoted line,
    /// <c>/var/task/app.rb:3:in 'handler': no stock (RuntimeError)</c>.
    /// </summary>
    static bool IsPlace(ReadOnlySpan<byte> text)
    {
        if (text[0] != '/' && !text.StartsWith("file:///"u8) && !text.StartsWith("node:"u8))
            return false;

        var colon = text.IndexOf(text[0] == '/' ? ":"u8 : ":"u8);
        colon = text[0] == '/' ? colon : colon + 1 + text[(colon + 1)..].IndexOf((byte)':');
        var digits = colon < 0 ? 0 : text[(colon + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (text[..Math.Max(0, colon)].Contains((byte)' '))
            return false;

        var rest = digits < 0 ? default : text[(colon + 1 + Math.Max(0, digits))..];
        return digits != 0 && (rest.IsEmpty || rest.StartsWith("\\n"u8) || rest.StartsWith(":in "u8));
    }

    /// <summary>Lambda's Java runtime: <c>no stock: java.lang.IllegalStateException</c>, with the trace on the following lines.</summary>
    public static bool IsJavaTrace(ReadOnlySpan<byte> text)
    {
        var line = text.Contains((byte)'\\') ? text.IndexOf("\\n"u8) : -1;
        if (line < 8)
            return false;

        var first = text[..line];
        return (first.EndsWith("Exception"u8) || first.EndsWith("Error"u8)) && IsException(text[(line + 2)..]);
    }

    static bool IsWarning(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("PHP Warning: "u8) || text.StartsWith("PHP Deprecated: "u8))
            return true;

        var isNode = text.StartsWith("(node:"u8);
        var end = isNode ? text.IndexOf((byte)')') : -1;
        return end > 0 && text[end..].IndexOf("Warning: "u8) is >= 0 and < 64;
    }
}
