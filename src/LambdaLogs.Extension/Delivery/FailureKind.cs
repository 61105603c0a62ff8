namespace LambdaLogs.Extension.Delivery;

/// <summary>At what an attempt failed that brought no response. With a response, whatever its status, it is <see cref="None"/>.</summary>
internal enum FailureKind
{
    /// <summary>There was a response.</summary>
    None,

    /// <summary>The host is there, the port is closed.</summary>
    Refused,

    /// <summary>No way to the host, or no way through the proxy.</summary>
    Unreachable,

    /// <summary>The host's name has no address, or the name service did not respond.</summary>
    NameNotResolved,

    /// <summary>The TLS handshake failed; most often the endpoint's certificate is not trusted.</summary>
    Tls,

    /// <summary>The proxy is there and does not lead to the endpoint.</summary>
    Proxy,

    /// <summary>Our own certificate or its key cannot be used.</summary>
    ClientCertificate,

    /// <summary>The time of one attempt was over, at whichever stage.</summary>
    TimedOut,

    /// <summary>The connection was closed or reset before the response was there.</summary>
    Reset,

    /// <summary>What came back is not HTTP.</summary>
    Protocol,

    /// <summary>The head of the response is larger than any that makes sense.</summary>
    HeadTooLarge,

    /// <summary>There is nothing yet to prove with who sends, so no attempt was made.</summary>
    NoCredentials,

    /// <summary>Our own limit of the attempt ended it, or an interruption: it says nothing of the endpoint by itself.</summary>
    CutOff,

    /// <summary>None of the above.</summary>
    Other,
}
