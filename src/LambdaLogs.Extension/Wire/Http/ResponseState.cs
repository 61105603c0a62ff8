namespace LambdaLogs.Extension.Wire.Http;

/// <summary>How far a response was read.</summary>
internal enum ResponseState
{
    /// <summary>The head is not complete yet.</summary>
    Head,

    /// <summary>The head is complete, the body is not.</summary>
    Body,

    /// <summary>The response is complete.</summary>
    Complete,

    /// <summary>The response is not HTTP/1.</summary>
    Malformed,

    /// <summary>The head is too large.</summary>
    HeadTooLarge,
}
