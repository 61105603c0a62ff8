namespace LambdaLogs.Extension.Wire;

/// <summary>How far a message was read.</summary>
internal enum ReadState
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>Head and body are complete.</summary>
    Complete,

    /// <summary>The message is complete, but its body was too large and was skipped.</summary>
    BodyTooLarge,

    /// <summary>Not HTTP/1.1, or the head is too large: the connection cannot be used any more.</summary>
    Malformed,
}
