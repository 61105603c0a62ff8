namespace LambdaLogs.Extension.Delivery;

/// <summary>Which version of HTTP is spoken with the endpoint.</summary>
internal enum WireVersion
{
    /// <summary>HTTP/1.1.</summary>
    Http11,

    /// <summary>Over TLS HTTP/2 where the endpoint offers it, else HTTP/1.1.</summary>
    Auto,

    /// <summary>HTTP/2 and nothing else: offered alone over TLS, taken for granted without it.</summary>
    Http2,
}
