namespace LambdaLogs.Extension.Wire;

/// <summary>How far a message has been read.</summary>
internal enum ReadState
{
    /// <summary>More bytes have to come.</summary>
    Incomplete,

    /// <summary>Head and body are there.</summary>
    Complete,

    /// <summary>Head and body were there, but the body was larger than allowed and has been passed over.</summary>
    BodyTooLarge,

    /// <summary>It is no HTTP/1.1, or its head is too large: the connection is of no more use.</summary>
    Malformed,
}
