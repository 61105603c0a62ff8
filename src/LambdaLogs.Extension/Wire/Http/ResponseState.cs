namespace LambdaLogs.Extension.Wire.Http;

/// <summary>How far a response has been read.</summary>
internal enum ResponseState
{
    /// <summary>Its head is not whole yet.</summary>
    Head,

    /// <summary>The head is there, the body is not whole yet.</summary>
    Body,

    /// <summary>All of it is there.</summary>
    Complete,

    /// <summary>What came is no HTTP/1.</summary>
    Malformed,

    /// <summary>The head is larger than any that makes sense.</summary>
    HeadTooLarge,
}
