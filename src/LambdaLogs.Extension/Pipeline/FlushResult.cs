namespace LambdaLogs.Extension.Pipeline;

/// <summary>What came of a flush.</summary>
internal enum FlushResult
{
    /// <summary>Nothing waits any more.</summary>
    Emptied,

    /// <summary>Something waits, and nothing more could be done about it before the deadline.</summary>
    GaveUp,

    /// <summary>The deadline came while a request was under way; it was cut off and will be sent again.</summary>
    CutOff,
}
