namespace LambdaLogs.Extension.Processing.Joining;

/// <summary>Whether a line belongs to the ones before it.</summary>
internal enum Continuation
{
    /// <summary>It begins a record of its own.</summary>
    No,

    /// <summary>It does if a later line does: a message of several lines ends where the frames begin.</summary>
    Perhaps,

    /// <summary>It does, and so do all before it.</summary>
    Yes,
}
