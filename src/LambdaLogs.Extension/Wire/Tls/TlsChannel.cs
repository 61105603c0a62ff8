using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>A TLS connection. Used by the thread of its context.</summary>
internal sealed unsafe class TlsChannel : IChannel
{
    // Messages of handshakes in one call of OpenSSL. A whole handshake has about ten.
    const int MessagesMax = 100;

    readonly nint _ssl;
    readonly TcpSocket _socket;
    readonly GCHandle _self;
    bool _isOpen;
    bool _holdsBack;
    int _messages;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="context">Shared by all connections to this host.</param>
    /// <param name="ssl">OpenSSL's pointer; owned by this object.</param>
    /// <param name="socket">Owned by this object.</param>
    public TlsChannel(TlsContext context, nint ssl, TcpSocket socket)
    {
        Context = context;
        _ssl = ssl;
        _socket = socket;
        _self = GCHandle.Alloc(this, GCHandleType.Normal);
        _ = SslCalls.SSL_set_ex_data(ssl, 0, GCHandle.ToIntPtr(_self));
    }

    /// <summary>Shared by all connections to this host.</summary>
    public TlsContext Context { get; }

    /// <summary>The faults of the certificates, as far as they were verified.</summary>
    public CertificateFaultList Faults { get; } = new();

    /// <summary>The certificates that the server presented. Null: none, or a session was resumed.</summary>
    public ServerCertificates? Server { get; private set; }

    /// <summary>Whether a session was resumed.</summary>
    public bool IsResumed => SslCalls.SSL_session_reused(_ssl) == 1;

    /// <summary>The protocol version, for messages.</summary>
    public string Version => Certificate.Text(SslCalls.SSL_get_version(_ssl)) ?? "";

    /// <inheritdoc/>
    public int Descriptor => _socket.Descriptor;

    /// <inheritdoc/>
    public bool HasPending { get; private set; } = true;

    /// <summary>Returns the channel of an OpenSSL connection.</summary>
    /// <param name="ssl">OpenSSL's pointer.</param>
    public static TlsChannel Of(nint ssl) => (TlsChannel)GCHandle.FromIntPtr(SslCalls.SSL_get_ex_data(ssl, 0)).Target!;

    /// <summary>Makes the handshake.</summary>
    /// <param name="limit">Limits the wait.</param>
    /// <param name="failure">Why the handshake failed.</param>
    public bool TryHandshake(WaitLimit limit, out WireFailure failure)
    {
        var late = 0;
        while (true)
        {
            CryptoCalls.ERR_clear_error();
            var result = SslCalls.SSL_do_handshake(_ssl);
            failure = default;
            if (result == 1)
            {
                _isOpen = true;
                return true;
            }

            var error = SslCalls.SSL_get_error(_ssl, result);
            if (error is not (SslCalls.ErrorWantRead or SslCalls.ErrorWantWrite))
            {
                // A session that could not be resumed must not be offered again.
                Context.ForgetSession();
                failure = new WireFailure(WireFault.Tls, Text: TlsLibrary.LastError());
                return false;
            }

            HoldBack(false);
            var events = error == SslCalls.ErrorWantRead ? LibC.PollIn : SocketCalls.PollOut;
            var end = limit.AllowsRead(ref late) ? limit.Wait(Descriptor, events) : WaitEnd.TimedOut;
            if (end != WaitEnd.Ready)
            {
                failure = WireFailure.Of(end);
                return false;
            }
        }
    }

    /// <summary>
    /// Called for each message of a handshake that was received. From the first one on, what is sent is held back until something has to
    /// be waited for: so the handshake's end leaves in one packet with the request. And they are counted: OpenSSL passes over some kinds
    /// and reads on, so that a server which sends nothing else would never let a call return. Such a connection is shut down.
    /// </summary>
    public void ObserveMessage()
    {
        if (!_isOpen)
            HoldBack(true);
        if (++_messages > MessagesMax)
            _socket.ShutDown();
    }

    /// <summary>OpenSSL's callback to verify the server's certificates.</summary>
    /// <param name="store">OpenSSL's verification context.</param>
    public bool Verify(nint store)
    {
        if (!Context.Settings.VerifiesServer)
        {
            Server = CertificateVerifier.Inspect(store);
            return true;
        }

        Server = CertificateVerifier.Verify(store, Context.Settings, Faults);
        return Faults.First == 0;
    }

    /// <inheritdoc/>
    public ChannelResult Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var piece = first.IsEmpty ? second[..Math.Min(second.Length, Context.Record.Length)] : Combine(first, second);
        if (piece.IsEmpty)
            return new ChannelResult(ChannelState.Transferred, 0);

        CryptoCalls.ERR_clear_error();
        fixed (byte* bytes = piece)
        {
            var result = ToChannelResult(SslCalls.SSL_write(_ssl, bytes, piece.Length));
            HoldBack(false);
            return result;
        }
    }

    /// <inheritdoc/>
    public ChannelResult Receive(Span<byte> buffer)
    {
        HoldBack(false);
        _messages = 0;
        CryptoCalls.ERR_clear_error();
        fixed (byte* bytes = buffer)
        {
            // OpenSSL reads ahead: until it wants to read more, there may be bytes that poll does not report.
            var result = ToChannelResult(SslCalls.SSL_read(_ssl, bytes, buffer.Length));
            HasPending = result.State == ChannelState.Transferred;
            return result;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Sends close_notify if possible without waiting; otherwise a server might not keep the session.
        _ = SslCalls.SSL_shutdown(_ssl);
        CryptoCalls.ERR_clear_error();
        SslCalls.SSL_free(_ssl);
        _self.Free();
        _socket.Dispose();
    }

    /// <summary>Combines head and body in one TLS record: two would be two packets.</summary>
    ReadOnlySpan<byte> Combine(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var record = Context.Record.AsSpan();
        var ofFirst = Math.Min(first.Length, record.Length);
        var ofSecond = ofFirst < first.Length ? 0 : Math.Min(second.Length, record.Length - ofFirst);
        first[..ofFirst].CopyTo(record);
        second[..ofSecond].CopyTo(record[ofFirst..]);
        return record[..(ofFirst + ofSecond)];
    }

    void HoldBack(bool holds)
    {
        if (holds != _holdsBack)
            _socket.HoldBack(_holdsBack = holds);
    }

    ChannelResult ToChannelResult(int result)
    {
        if (result > 0)
            return new ChannelResult(ChannelState.Transferred, result);

        return new ChannelResult(
            SslCalls.SSL_get_error(_ssl, result) switch
            {
                SslCalls.ErrorWantRead => ChannelState.WantsRead,
                SslCalls.ErrorWantWrite => ChannelState.WantsWrite,
                SslCalls.ErrorZeroReturn => ChannelState.Ended,
                _ => ChannelState.Broken,
            },
            0);
    }
}
