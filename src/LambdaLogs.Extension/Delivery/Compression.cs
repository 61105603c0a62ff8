namespace LambdaLogs.Extension.Delivery;

/// <summary>How bodies are made smaller on their way.</summary>
internal enum Compression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With gzip (RFC 1952), told by <c>Content-Encoding: gzip</c>.</summary>
    Gzip,
}
