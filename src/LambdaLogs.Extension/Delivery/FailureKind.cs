namespace LambdaLogs.Extension.Delivery;

/// <summary>Why an attempt brought no response. With a response, whatever its status, it is <see cref="None"/>.</summary>
internal enum FailureKind
{
    /// <summary>There was a response.</summary>
    None,

    /// <summary>The host exists, but the port is closed.</summary>
    Refused,

    /// <summary>There is no route to the host, or none through the proxy.</summary>
    Unreachable,

    /// <summary>The host name has no address, or the name server did not respond.</summary>
    NameNotResolved,

    /// <summary>The TLS handshake failed, usually because the endpoint's certificate is not trusted.</summary>
    Tls,

    /// <summary>The proxy did not connect to the endpoint.</summary>
    Proxy,

    /// <summary>The client certificate or its key cannot be used.</summary>
    ClientCertificate,

    /// <summary>The time limit of the attempt was reached, at any stage.</summary>
    TimedOut,

    /// <summary>The connection was closed or reset before the response.</summary>
    Reset,

    /// <summary>The response is not HTTP.</summary>
    Protocol,

    /// <summary>The head of the response is too large.</summary>
    HeadTooLarge,

    /// <summary>There are no credentials yet, so no request was sent.</summary>
    NoCredentials,

    /// <summary>Our own limit or an interruption ended the attempt. It says nothing about the endpoint.</summary>
    CutOff,

    /// <summary>None of the above.</summary>
    Other,
}
