namespace LambdaLogs.Extension.Delivery;

/// <summary>How bodies are compressed.</summary>
internal enum Compression
{
    /// <summary>Not compressed.</summary>
    None,

    /// <summary>With gzip (RFC 1952) and <c>Content-Encoding: gzip</c>.</summary>
    Gzip,
}
