namespace LambdaLogs.Extension.Pipeline;

/// <summary>The result of a flush.</summary>
internal enum FlushResult
{
    /// <summary>Nothing waits any more.</summary>
    Emptied,

    /// <summary>Something waits, and nothing more could be done before the deadline.</summary>
    GaveUp,

    /// <summary>The deadline passed while a request was in progress. It was cut off and will be sent again.</summary>
    CutOff,
}
