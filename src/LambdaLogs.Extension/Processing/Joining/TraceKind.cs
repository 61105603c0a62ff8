namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>What the lines until now are.</summary>
internal enum TraceKind
{
    /// <summary>An ordinary line, which a trace may follow.</summary>
    None,

    /// <summary>A line with the head of a logger: an exception may follow without an indent.</summary>
    Failure,

    /// <summary>The head of .NET's console, which writes the message and the exception indented below it.</summary>
    Console,

    /// <summary>An exception or a cause before its first frame: what it says may have several lines.</summary>
    Message,

    /// <summary>A trace of frames that are indented: Java, .NET, Node, Ruby.</summary>
    Frames,

    /// <summary>Node quotes the line that failed: the line itself is to come.</summary>
    NodeQuote,

    /// <summary>Node has quoted the line that failed: a mark, an empty line and the exception are to come.</summary>
    NodeMark,

    /// <summary>A traceback of Python before its exception.</summary>
    Python,

    /// <summary>A traceback of Python whose exception has come: another may follow.</summary>
    PythonEnd,

    /// <summary>A panic of Go.</summary>
    Go,
}
