namespace LambdaLogs.Extension.Wire;

/// <summary>At what an exchange with another machine failed.</summary>
internal enum WireFault
{
    /// <summary>At nothing.</summary>
    None,

    /// <summary>The host's name has no address.</summary>
    NameNotFound,

    /// <summary>No name server responded, or none knew.</summary>
    NameServer,

    /// <summary>The host is there, the port is closed.</summary>
    Refused,

    /// <summary>No way to the host.</summary>
    Unreachable,

    /// <summary>No descriptor or no memory for a connection.</summary>
    NoResource,

    /// <summary>The time was over.</summary>
    TimedOut,

    /// <summary>The signal was given.</summary>
    Interrupted,

    /// <summary>The proxy does not lead to the host, or is none.</summary>
    Proxy,

    /// <summary>The TLS handshake failed.</summary>
    Tls,

    /// <summary>The connection was closed or reset before the response was there.</summary>
    Closed,

    /// <summary>What came back is not HTTP.</summary>
    NotHttp,

    /// <summary>The head of the response is larger than any that makes sense.</summary>
    HeadTooLarge,
}

/// <summary>A fault with what else is known of it.</summary>
/// <param name="Fault">What it is.</param>
/// <param name="Status">The proxy's status, for <see cref="WireFault.Proxy"/>. 0: it gave none.</param>
/// <param name="Text">In words, for <see cref="WireFault.Tls"/>. Null: there is nothing to add.</param>
internal readonly record struct WireFailure(WireFault Fault, int Status = 0, string? Text = null)
{
    /// <summary>The fault that an error of the kernel means while connecting.</summary>
    /// <param name="error">The errno.</param>
    public static WireFailure OfConnecting(int error) => new(error switch
    {
        SocketCalls.ErrorConnectionRefused => WireFault.Refused,
        SocketCalls.ErrorTimedOut => WireFault.TimedOut,
        SocketCalls.ErrorConnectionReset or SocketCalls.ErrorConnectionAborted or SocketCalls.ErrorPipe => WireFault.Closed,
        SocketCalls.ErrorNetworkDown or SocketCalls.ErrorNetworkUnreachable or SocketCalls.ErrorHostDown or SocketCalls.ErrorHostUnreachable
            or SocketCalls.ErrorNoAccess or SocketCalls.ErrorAddressNotAvailable => WireFault.Unreachable,
        _ => WireFault.NoResource,
    });

    /// <summary>The fault that the end of a wait means.</summary>
    /// <param name="end">Not ready.</param>
    public static WireFailure Of(WaitEnd end) => new(end == WaitEnd.Interrupted ? WireFault.Interrupted : WireFault.TimedOut);
}
