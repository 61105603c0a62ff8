using System.Runtime.InteropServices;
using System.Text;

namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>
/// What all TLS connections to one host share: the OpenSSL configuration, and the last session, so that a reconnect does not verify the
/// certificates again. For one thread.
/// </summary>
internal sealed unsafe class TlsContext : IDisposable
{
    // 112 bits: RSA keys of at least 2048 bits, no SHA-1, no MD5.
    const int SecurityLevel = 2;

    // Largest TLS record.
    const int RecordBytesMax = 16 * 1024;

    readonly nint _context;
    nint _session;
    byte[]? _record;

    /// <summary>Creates the context, without opening a connection.</summary>
    /// <param name="settings">How TLS is spoken.</param>
    public TlsContext(TlsSettings settings)
    {
        Settings = settings;
        TlsLibrary.Initialize();
        _context = SslCalls.SSL_CTX_new(SslCalls.TLS_client_method());
        if (_context == 0)
            throw new InvalidOperationException("OpenSSL has no memory for a context.");

        _ = SslCalls.SSL_CTX_ctrl(_context, SslCalls.ControlLowestVersion, SslCalls.Tls12, null);
        _ = SslCalls.SSL_CTX_ctrl(_context, SslCalls.ControlMode, SslCalls.Mode, null);
        _ = SslCalls.SSL_CTX_ctrl(_context, SslCalls.ControlReadAhead, 1, null);
        _ = SslCalls.SSL_CTX_ctrl(_context, SslCalls.ControlSessionCache, SslCalls.SessionsOfClient, null);
        _ = SslCalls.SSL_CTX_set_options(_context, SslCalls.Options);
        SslCalls.SSL_CTX_set_security_level(_context, SecurityLevel);
        SslCalls.SSL_CTX_set_verify(_context, settings.VerifiesServer ? SslCalls.VerifyPeer : SslCalls.VerifyNone, 0);
        SslCalls.SSL_CTX_set_cert_verify_callback(_context, &Verify, 0);
        SslCalls.SSL_CTX_sess_set_new_cb(_context, &KeepSession);
        SslCalls.SSL_CTX_set_msg_callback(_context, &ObserveMessage);
        fixed (byte* protocols = "\bhttp/1.1"u8)
            _ = SslCalls.SSL_CTX_set_alpn_protos(_context, protocols, 9);
        fixed (byte* suites = SslCalls.Suites13)
            _ = SslCalls.SSL_CTX_set_ciphersuites(_context, suites);

        IsUsable = settings.Client?.TryUse(_context) != false;
        CryptoCalls.ERR_clear_error();
    }

    /// <summary>The TLS settings.</summary>
    public TlsSettings Settings { get; }

    /// <summary>False: OpenSSL rejects the client certificate.</summary>
    public bool IsUsable { get; }

    /// <summary>A buffer for one record, which all connections use in turn.</summary>
    public byte[] Record => _record ??= new byte[RecordBytesMax];

    /// <summary>Starts a connection over a socket.</summary>
    /// <param name="socket">A connected non-blocking socket. Disposed with the channel.</param>
    public TlsChannel Open(TcpSocket socket)
    {
        var ssl = SslCalls.SSL_new(_context);
        if (ssl == 0 || SslCalls.SSL_set_fd(ssl, socket.Descriptor) != 1)
            throw new InvalidOperationException("OpenSSL has no memory for a connection.");

        var host = Encoding.ASCII.GetBytes(Settings.Host + "\0");
        var param = SslCalls.SSL_get0_param(ssl);
        CryptoCalls.X509_VERIFY_PARAM_set_hostflags(param, CryptoCalls.HostFlags);
        _ = CryptoCalls.X509_VERIFY_PARAM_set_flags(param, CryptoCalls.PartialChain);
        fixed (byte* name = host)
        {
            if (System.Net.IPAddress.TryParse(Settings.Host, out _))
            {
                _ = CryptoCalls.X509_VERIFY_PARAM_set1_ip_asc(param, name);
            }
            else
            {
                _ = CryptoCalls.X509_VERIFY_PARAM_set1_host(param, name, 0);
                _ = SslCalls.SSL_ctrl(ssl, SslCalls.ControlHostName, 0, name);
            }
        }

        if (_session != 0)
            _ = SslCalls.SSL_set_session(ssl, _session);

        SslCalls.SSL_set_connect_state(ssl);
        return new TlsChannel(this, ssl, socket);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetSession();
        SslCalls.SSL_CTX_free(_context);
    }

    /// <summary>Discards the session: the next connection verifies the certificates again.</summary>
    public void ForgetSession()
    {
        SslCalls.SSL_SESSION_free(_session);
        _session = 0;
    }

    [UnmanagedCallersOnly]
    static int Verify(nint store, nint argument)
    {
        var ssl = CryptoCalls.X509_STORE_CTX_get_ex_data(store, SslCalls.SSL_get_ex_data_X509_STORE_CTX_idx());
        return TlsChannel.Of(ssl).Verify(store) ? 1 : 0;
    }

    /// <summary>
    /// OpenSSL's callback for each message that it sends or receives. A seventh parameter is not used, and so may be left out: the caller
    /// clears the stack.
    /// </summary>
    [UnmanagedCallersOnly]
    static void ObserveMessage(int isSent, int version, int type, void* message, nuint length, nint ssl)
    {
        if (isSent == 0 && type == SslCalls.HandshakeMessage)
            TlsChannel.Of(ssl).ObserveMessage();
    }

    /// <summary>OpenSSL's callback for a session that can be resumed.</summary>
    /// <returns>1: it is kept.</returns>
    [UnmanagedCallersOnly]
    static int KeepSession(nint ssl, nint session)
    {
        var context = TlsChannel.Of(ssl).Context;
        context.ForgetSession();
        context._session = session;
        return 1;
    }
}
