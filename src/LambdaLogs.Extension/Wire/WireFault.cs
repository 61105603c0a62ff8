namespace LambdaLogs.Extension.Wire;

/// <summary>Why an exchange with another machine failed.</summary>
internal enum WireFault
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>The host name has no address.</summary>
    NameNotFound,

    /// <summary>No name server gave a valid response.</summary>
    NameServer,

    /// <summary>The host exists, but the port is closed.</summary>
    Refused,

    /// <summary>There is no route to the host.</summary>
    Unreachable,

    /// <summary>No descriptor or memory for a connection.</summary>
    NoResource,

    /// <summary>The time limit was reached.</summary>
    TimedOut,

    /// <summary>The signal was given.</summary>
    Interrupted,

    /// <summary>The proxy did not connect to the host, or is not a proxy.</summary>
    Proxy,

    /// <summary>The TLS handshake failed.</summary>
    Tls,

    /// <summary>The connection was closed or reset before the response.</summary>
    Closed,

    /// <summary>The response is not HTTP.</summary>
    NotHttp,

    /// <summary>The head of the response is too large.</summary>
    HeadTooLarge,

    /// <summary>Bytes were received after the response to <c>CONNECT</c>, before anything was sent through the tunnel.</summary>
    ExtraBytes,
}

/// <summary>A failure with its details.</summary>
/// <param name="Fault">The kind of failure.</param>
/// <param name="Status">The proxy's status, for <see cref="WireFault.Proxy"/>. 0: none.</param>
/// <param name="Text">Details, for <see cref="WireFault.Tls"/>. Null: none.</param>
/// <param name="Cause">What went wrong, for <see cref="WireFault.Proxy"/> without a status.</param>
internal readonly record struct WireFailure(WireFault Fault, int Status = 0, string? Text = null, WireFault Cause = WireFault.None)
{
    /// <summary>Maps an error of connecting.</summary>
    /// <param name="error">The errno.</param>
    public static WireFailure OfConnecting(int error) => new(error switch
    {
        SocketCalls.ErrorConnectionRefused => WireFault.Refused,
        SocketCalls.ErrorTimedOut => WireFault.TimedOut,
        SocketCalls.ErrorConnectionReset or SocketCalls.ErrorConnectionAborted or SocketCalls.ErrorPipe => WireFault.Closed,
        SocketCalls.ErrorNoDescriptor or SocketCalls.ErrorNoDescriptorInSystem or SocketCalls.ErrorNoMemory or SocketCalls.ErrorNoBuffer =>
            WireFault.NoResource,
        // Also an address of a kind that the machine does not have, or one that is not for hosts.
        _ => WireFault.Unreachable,
    });

    /// <summary>Maps the end of a wait.</summary>
    /// <param name="end">Not ready.</param>
    public static WireFailure Of(WaitEnd end) => new(end == WaitEnd.Interrupted ? WireFault.Interrupted : WireFault.TimedOut);
}
