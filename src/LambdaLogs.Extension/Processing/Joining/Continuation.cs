namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Whether a line continues the lines before it.</summary>
internal enum Continuation
{
    /// <summary>No: it starts a new record.</summary>
    No,

    /// <summary>Only if a later line continues it too: a message of several lines ends where the stack frames begin.</summary>
    Perhaps,

    /// <summary>Yes, and so do all lines before it.</summary>
    Yes,
}
