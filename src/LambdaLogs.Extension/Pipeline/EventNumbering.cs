namespace LambdaLogs.Extension.Pipeline;

/// <summary>From which number a destination counts the records of a body, as far as its responses have shown.</summary>
internal enum EventNumbering
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>From 0.</summary>
    FromZero,

    /// <summary>From 1.</summary>
    FromOne,
}
