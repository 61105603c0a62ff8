namespace LambdaLogs.Extension.Delivery;

/// <summary>How a request proves who sends it.</summary>
internal enum AuthenticationKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>Authorization: Basic</c>, RFC 7617.</summary>
    Basic,

    /// <summary><c>Authorization: Bearer</c>, RFC 6750.</summary>
    Bearer,

    /// <summary>A key in a header of its own.</summary>
    ApiKey,

    /// <summary>AWS Signature Version 4: not a header of its own but a signature over the request.</summary>
    Sigv4,
}
