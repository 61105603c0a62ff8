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

        var level = KnownLevel(text);
        if (level != LogLevel.Info)
            return level;

        return IsException(text) || IsJavaTrace(text) ? LogLevel.Error : PlaceLevel(text);
    }

    /// <summary>Returns the level of a text that begins with the fixed words of a runtime.</summary>
    /// <returns>INFO if it does not.</returns>
    public static LogLevel KnownLevel(ReadOnlySpan<byte> text)
    {
        if (IsKnown(text))
            return LogLevel.Error;

        return "PDSOJ("u8.Contains(text[0]) && IsWarning(text) ? LogLevel.Warn : LogLevel.Info;
    }

    static bool IsKnown(ReadOnlySpan<byte> text) => (char)text[0] switch
    {
        'T' => text.StartsWith("Traceback (most recent call last):"u8) || text.StartsWith("Task timed out after "u8)
            || text.StartsWith("Task exception was never retrieved"u8),
        'E' => IsKnownError(text),
        'U' => text.StartsWith("Unhandled exception"u8) || text.StartsWith("Unhandled Exception"u8) || text.StartsWith("Uncaught "u8)
            || text.StartsWith("Uncaught:"u8) || text.StartsWith("Unhandled Promise"u8) || text.StartsWith("UnhandledPromise"u8),
        'p' => text.StartsWith("panic: "u8) || text.StartsWith("panic recovered:"u8),
        'f' => text.StartsWith("fatal error: "u8) || text.StartsWith("fatal runtime error: "u8) || text.StartsWith("free(): "u8)
            || IsPlace(text),
        'g' => text.StartsWith("goroutine "u8) && text.Contains((byte)'['),
        'h' => text.StartsWith("http: panic serving "u8),
        'r' => text.StartsWith("runtime: goroutine stack exceeds "u8),
        'u' => text.StartsWith("unexpected fault address "u8),
        't' => IsKnownThread(text),
        'S' => text.StartsWith("Segmentation fault"u8) || text.StartsWith("SIGSEGV"u8) || text.StartsWith("Stack overflow."u8)
            || text.StartsWith("SLF4J(E): "u8),
        'A' => text.StartsWith("Aborted (core dumped)"u8) || text.StartsWith("A fatal error has been detected by "u8)
            || (text.StartsWith("An error occurred ("u8) && text.IndexOf(" when calling the "u8) > 0),
        'B' or 'I' => text.EndsWith(" (core dumped)"u8) || text.StartsWith("Invoke Error\\t{"u8),
        'C' => text.StartsWith("Caused by: "u8) && IsException(text["Caused by: "u8.Length..]),
        'F' => text.StartsWith("Fatal error: "u8) || text.StartsWith("Fatal error. "u8) || text.StartsWith("Fatal error in "u8)
            || text.StartsWith("Fatal Python error: "u8) || text.StartsWith("Future exception was never retrieved"u8),
        'P' when text.StartsWith("PHP "u8) => IsPhpError(text["PHP "u8.Length..]),
        'P' => text.StartsWith("Process terminated. "u8) || text.StartsWith("Parse error: "u8),
        'R' => text.StartsWith("Recoverable fatal error: "u8) || (text.StartsWith("RequestId: "u8)
            && (text.IndexOf(" Error: "u8) is > 0 and < 64 || text.IndexOf(" Process exited before completing request"u8) > 0)),
        'm' => text.StartsWith("memory allocation of "u8) && text.IndexOf(" bytes failed"u8) > 0,
        'd' => text.StartsWith("double free or corruption "u8),
        '-' => text.StartsWith("--- Logging error ---"u8),
        '*' => text.StartsWith("** ("u8) || text.StartsWith("*** stack smashing detected ***"u8)
            || text.StartsWith("*** buffer overflow detected ***"u8),
        '=' => text.StartsWith("=ERROR REPORT"u8) || text.StartsWith("=CRASH REPORT"u8)
            || (text.StartsWith("=="u8) && text.IndexOf("==ERROR: "u8) is > 2 and < 12),
        '/' or 'n' => IsPlace(text),
        _ => false,
    };

    static bool IsKnownError(ReadOnlySpan<byte> text) => text.StartsWith("Exception in thread "u8)
        || text.StartsWith("Exception ignored in: "u8) || text.StartsWith("Exception Group Traceback (most recent call last):"u8)
        || text.StartsWith("Error occurred during initialization of VM"u8);

    static bool IsKnownThread(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("thread '"u8))
            return text.IndexOf(" panicked at "u8) > 0 || text.IndexOf(" has overflowed its stack"u8) > 0;

        return text.StartsWith("terminate called "u8);
    }

    static bool IsPhpError(ReadOnlySpan<byte> text) => text.StartsWith("Fatal error: "u8) || text.StartsWith("Parse error: "u8)
        || text.StartsWith("Recoverable fatal error: "u8) || text.StartsWith("Catchable fatal error: "u8);

    /// <summary>
    /// An exception's name, perhaps with its message: <c>java.lang.IllegalStateException: no stock</c>, <c>TypeError: …</c>,
    /// <c>AssertionError [ERR_ASSERTION]: …</c> of Node, <c>NoMethodError (undefined method 'id' for nil):</c> of Rails.
    /// </summary>
    static bool IsException(ReadOnlySpan<byte> text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] is (byte)'.' or (byte)'_' or (byte)'$'))
            end++;
        var rest = text[end..];
        var isWhole = rest.IsEmpty || rest.StartsWith(": "u8) || rest.StartsWith("\\n"u8)
            || (rest.StartsWith(" ["u8) && rest.IndexOf("]: "u8) > 0) || (rest.StartsWith(" ("u8) && rest.EndsWith("):"u8));
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

        var colon = text.IndexOf((byte)':');
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

    static bool IsWarning(ReadOnlySpan<byte> text) => (char)text[0] switch
    {
        'P' => text.StartsWith("PHP Warning: "u8) || text.StartsWith("PHP Deprecated: "u8) || text.StartsWith("PHP Startup: "u8),
        'D' => text.StartsWith("Deprecated: "u8) && text.IndexOf(" on line "u8) > 0,
        'S' => text.StartsWith("SLF4J: "u8) || text.StartsWith("SLF4J(W): "u8),
        'O' => text.StartsWith("OpenJDK "u8) && text.IndexOf(" VM warning: "u8) is > 0 and < 40,
        'J' => text.StartsWith("Java HotSpot"u8) && text.IndexOf(" VM warning: "u8) is > 0 and < 40,
        '(' => text.StartsWith("(node:"u8) && IsNodeWarning(text),
        _ => false,
    };

    static bool IsNodeWarning(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)')');
        return end > 0 && text[end..].IndexOf("Warning: "u8) is >= 0 and < 64;
    }

    /// <summary>
    /// The level after a place in the source: <c>/var/task/a.py:3: DeprecationWarning: …</c> of Python, <c>app.rb:3: warning: …</c> of
    /// Ruby, <c>Shop/main.swift:3: Fatal error: …</c> of Swift, <c>/var/task/bootstrap: line 3: …</c> of a shell.
    /// </summary>
    static LogLevel PlaceLevel(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf(": "u8);
        if (end <= 0)
            return LogLevel.Info;

        // A sentence has spaces before a colon; of places only <frozen importlib._bootstrap> has.
        var place = text[..end];
        var rest = text[(end + 2)..];
        if (place[0] != '<' && place.Contains((byte)' '))
            return LogLevel.Info;

        if (rest.StartsWith("line "u8) && (place[0] is (byte)'/' or (byte)'.' || place.EndsWith("bash"u8) || place.EndsWith("bootstrap"u8)))
        {
            var digits = rest["line "u8.Length..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            return digits > 0 && rest["line "u8.Length + digits] == ':' ? LogLevel.Error : LogLevel.Info;
        }

        var colon = place.LastIndexOf((byte)':');
        if (colon <= 0 || colon == end - 1 || place[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return LogLevel.Info;

        if (rest.StartsWith("Fatal error: "u8))
            return LogLevel.Error;

        var name = rest[..Math.Max(0, rest.IndexOf((byte)':'))];
        var isWarning = name.EndsWith("Warning"u8) || name.SequenceEqual("warning"u8);
        return isWarning && !name.Contains((byte)' ') ? LogLevel.Warn : LogLevel.Info;
    }
}
