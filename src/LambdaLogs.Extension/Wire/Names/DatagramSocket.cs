namespace LambdaLogs.Extension.Wire.Names;

/// <summary>
/// A connected UDP socket: the kernel discards datagrams from other senders and chooses an unpredictable port. For one thread.
/// </summary>
internal sealed unsafe class DatagramSocket : IDisposable
{
    readonly int _descriptor;

    DatagramSocket(int descriptor) => _descriptor = descriptor;

    /// <summary>The descriptor for <c>poll</c>.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Opens the socket. Sends nothing.</summary>
    /// <param name="peer">The peer's address.</param>
    /// <returns>Null: there is no route to it.</returns>
    public static DatagramSocket? Open(SocketAddress peer)
    {
        var type = SocketCalls.SocketDatagram | LibC.SocketCloseOnExec | LibC.SocketNonBlocking;
        var descriptor = LibC.socket(peer.Family, type, 0);
        if (descriptor < 0)
            return null;

        fixed (byte* bytes = peer.Bytes)
        {
            if (LibC.connect(descriptor, bytes, (uint)peer.Bytes.Length) == 0)
                return new DatagramSocket(descriptor);
        }

        _ = LibC.close(descriptor);
        return null;
    }

    /// <summary>Sends one datagram.</summary>
    /// <param name="datagram">Its bytes.</param>
    public bool TrySend(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram)
            return LibC.send(_descriptor, bytes, (nuint)datagram.Length, LibC.SendNoSignal) == datagram.Length;
    }

    /// <summary>Receives one datagram.</summary>
    /// <param name="buffer">Receives the datagram; bytes that do not fit are lost.</param>
    /// <returns>The number of bytes. Negative errno on error: the peer's port is closed, or there is no datagram.</returns>
    public int Receive(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            var count = LibC.recv(_descriptor, bytes, (nuint)buffer.Length, 0);
            return count < 0 ? -LibC.LastError : (int)count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = LibC.close(_descriptor);
}
