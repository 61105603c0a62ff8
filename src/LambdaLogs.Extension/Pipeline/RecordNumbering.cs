namespace LambdaLogs.Extension.Pipeline;

/// <summary>Whether a destination numbers the records of a body from 0 or from 1, as learned from its responses.</summary>
internal enum RecordNumbering
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>From 0.</summary>
    FromZero,

    /// <summary>From 1.</summary>
    FromOne,
}
