using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LambdaLogs.Extension.Wire.Tls;
using SocketAddress = LambdaLogs.Extension.Wire.SocketAddress;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>
/// A TLS server by the machine's OpenSSL, on a thread of its own: sends exactly the certificates it was given, however weak or wrong, and can
/// do what no server of .NET offers, such as ask for a new handshake.
/// </summary>
internal sealed unsafe class HandshakeServer : IDisposable
{
    const string Library = "libssl.so.3";
    const int ControlHighestVersion = 124;

    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly nint _context;
    readonly Action<nint>? _script;
    readonly Thread _thread;

    /// <summary>Starts it.</summary>
    /// <param name="chain">What it sends, in DER: first its own certificate.</param>
    /// <param name="key">The key of the first, in DER.</param>
    /// <param name="versions">The lowest and the highest version of TLS, 0x0301 to 0x0304.</param>
    /// <param name="script">What it does with a connection after the handshake. Null: nothing until the other side closes it.</param>
    public HandshakeServer(IReadOnlyList<byte[]> chain, byte[] key, (int Lowest, int Highest) versions, Action<nint>? script = null)
    {
        TlsLibrary.Initialize();
        _script = script;
        _context = SslCalls.SSL_CTX_new(TLS_server_method());
        SslCalls.SSL_CTX_set_security_level(_context, 0);
        _ = SslCalls.SSL_CTX_ctrl(_context, SslCalls.ControlLowestVersion, versions.Lowest, null);
        _ = SslCalls.SSL_CTX_ctrl(_context, ControlHighestVersion, versions.Highest, null);
        Use(chain, key);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _thread = new Thread(Serve) { IsBackground = true, Name = "handshakes" };
        _thread.Start();
    }

    /// <summary>Where it listens.</summary>
    public SocketAddress Address => SocketAddress.Ipv4(0x7F000001, (ushort)Port);

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Reads until the other side has sent an empty line.</summary>
    /// <returns>False: it closed the connection before.</returns>
    public static bool ReadRequest(nint ssl)
    {
        var buffer = stackalloc byte[4096];
        var text = "";
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = SslCalls.SSL_read(ssl, buffer, 4096);
            if (count <= 0)
                return false;

            text += System.Text.Encoding.Latin1.GetString(buffer, count);
        }

        return true;
    }

    /// <summary>Writes a text.</summary>
    public static void Write(nint ssl, string text)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        fixed (byte* start = bytes)
            _ = SslCalls.SSL_write(ssl, start, bytes.Length);
    }

    /// <summary>Asks the client of TLS 1.2 for a new handshake: sends HelloRequest.</summary>
    public static void AskForHandshake(nint ssl)
    {
        Assert.Equal(1, SSL_renegotiate(ssl));
        _ = SslCalls.SSL_do_handshake(ssl);
    }

    /// <summary>Changes the keys of TLS 1.3, and asks the client to change its own.</summary>
    public static void ChangeKeys(nint ssl)
    {
        Assert.Equal(1, SSL_key_update(ssl, 1));
        _ = SslCalls.SSL_do_handshake(ssl);
    }

    public void Dispose()
    {
        _listener.Dispose();
        Assert.True(_thread.Join(TimeSpan.FromMinutes(1)), "the server did not end");
        SslCalls.SSL_CTX_free(_context);
    }

    void Use(IReadOnlyList<byte[]> chain, byte[] key)
    {
        var certificates = chain.Select(der => Certificate.Parse(der)!.Value.Handle).ToList();
        fixed (byte* bytes = key)
        {
            var start = bytes;
            var own = d2i_AutoPrivateKey(0, &start, key.Length);
            Assert.Equal(1, SslCalls.SSL_CTX_use_certificate(_context, certificates[0]));
            Assert.Equal(1, SslCalls.SSL_CTX_use_PrivateKey(_context, own));
            CryptoCalls.EVP_PKEY_free(own);
        }

        foreach (var other in certificates.Skip(1))
            Assert.Equal(1, SslCalls.SSL_CTX_ctrl(_context, SslCalls.ControlChainCertificate, 1, (void*)other));
        certificates.ForEach(CryptoCalls.X509_free);
    }

    void Serve()
    {
        try
        {
            while (true)
            {
                using var socket = _listener.Accept();
                // Only so that a test that goes wrong ends.
                socket.ReceiveTimeout = 60_000;
                Serve(socket);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    void Serve(Socket socket)
    {
        var ssl = SslCalls.SSL_new(_context);
        _ = SslCalls.SSL_set_fd(ssl, (int)socket.Handle);
        if (SSL_accept(ssl) == 1)
        {
            _script?.Invoke(ssl);
            var rest = stackalloc byte[1024];
            while (SslCalls.SSL_read(ssl, rest, 1024) > 0)
            {
            }
        }

        CryptoCalls.ERR_clear_error();
        SslCalls.SSL_free(ssl);
    }

    [DllImport(Library)]
    static extern nint TLS_server_method();

    [DllImport(Library)]
    static extern int SSL_accept(nint ssl);

    [DllImport(Library)]
    static extern int SSL_renegotiate(nint ssl);

    [DllImport(Library)]
    static extern int SSL_key_update(nint ssl, int kind);

    [DllImport("libcrypto.so.3")]
    static extern nint d2i_AutoPrivateKey(nint target, byte** bytes, nint length);
}
