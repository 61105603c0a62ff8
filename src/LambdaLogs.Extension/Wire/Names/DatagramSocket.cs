namespace LambdaLogs.Extension.Wire.Names;

/// <summary>
/// A UDP socket for one peer: the kernel takes nothing from anybody else, and gives it a port that cannot be guessed. For one thread.
/// </summary>
internal sealed unsafe class DatagramSocket : IDisposable
{
    readonly int _descriptor;

    DatagramSocket(int descriptor) => _descriptor = descriptor;

    /// <summary>For <c>poll</c>.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Opens it. Sends nothing.</summary>
    /// <param name="peer">Whom to speak with.</param>
    /// <returns>Null: there is no way to it.</returns>
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
    /// <param name="buffer">Takes it; what does not fit is lost.</param>
    /// <returns>Its bytes. Minus errno for an error: the peer's port is closed, or there is no datagram.</returns>
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
