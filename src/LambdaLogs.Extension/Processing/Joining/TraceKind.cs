namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>The state of a stack trace after the lines so far.</summary>
internal enum TraceKind
{
    /// <summary>An ordinary line. A trace may follow.</summary>
    None,

    /// <summary>A line with a logger's prefix: an exception may follow without indent.</summary>
    Failure,

    /// <summary>The first line of .NET's console logger, followed by the indented message and exception.</summary>
    Console,

    /// <summary>An exception or a cause before its first frame: its message may have several lines.</summary>
    Message,

    /// <summary>A trace with indented frames: Java, .NET, Node, Ruby.</summary>
    Frames,

    /// <summary>Node's location of an error: the quoted source line follows.</summary>
    NodeQuote,

    /// <summary>Node's quoted source line: a marker, an empty line and the exception follow.</summary>
    NodeMark,

    /// <summary>A Python traceback before its exception.</summary>
    Python,

    /// <summary>A Python traceback after its exception: another may follow.</summary>
    PythonEnd,

    /// <summary>A Go panic.</summary>
    Go,

    /// <summary>A function and its place in a stack that zap writes after a line.</summary>
    GoStack,

    /// <summary>The first line of a Rust panic, whose message follows.</summary>
    RustHead,

    /// <summary>The message of a Rust panic, which may have several lines.</summary>
    RustMessage,

    /// <summary>The backtrace of a Rust panic.</summary>
    Rust,

    /// <summary>An Elixir exception or report, followed by indented frames, the last message and the state.</summary>
    Elixir,
}
