namespace LambdaLogs.Extension.Delivery;

/// <summary>How requests are authenticated.</summary>
internal enum AuthenticationKind
{
    /// <summary>Not authenticated.</summary>
    None,

    /// <summary><c>Authorization: Basic</c>, RFC 7617.</summary>
    Basic,

    /// <summary><c>Authorization: Bearer</c>, RFC 6750.</summary>
    Bearer,

    /// <summary>A key in a custom header.</summary>
    ApiKey,

    /// <summary>AWS Signature Version 4: a signature over the request instead of a constant header.</summary>
    Sigv4,
}
