using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>
/// Functions of OpenSSL's libssl: statically linked in the released build, the machine's library in a test build. The constants are those
/// of the headers of version 3.
/// </summary>
internal static unsafe class SslCalls
{
    internal const int ErrorWantRead = 2;
    internal const int ErrorWantWrite = 3;
    internal const int ErrorZeroReturn = 6;
    internal const ulong InitWithoutConfiguration = 0x80;
#if NATIVE
    // No texts of errors and no clean-up at the end: a connection that succeeds needs neither, and the process's memory goes anyway.
    internal const ulong InitLean = InitWithoutConfiguration | 0x00180001;
#else
    // In tests the runtime uses the same library.
    internal const ulong InitLean = InitWithoutConfiguration;
#endif
    internal const int HandshakeMessage = 22;
    internal const int VerifyNone = 0;
    internal const int VerifyPeer = 1;
    internal const int ControlMode = 33;
    internal const int ControlReadAhead = 41;
    internal const int ControlSessionCache = 44;
    internal const int ControlHostName = 55;
    internal const int ControlChainCertificate = 89;
    internal const int ControlLowestVersion = 123;
    internal const int Tls12 = 0x0303;

    // Partial writes; a write may be repeated from another buffer; buffers are released while idle.
    internal const int Mode = 0x13;

    /// <summary>
    /// TLS 1.3's suites, where the server leaves the choice to us: SHA-256 is in the processor, SHA-384 is not, and a handshake computes a
    /// hundred blocks.
    /// </summary>
    internal static ReadOnlySpan<byte> Suites13 => "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256\0"u8;

    // No internal cache: one session is kept by TlsContext.
    internal const int SessionsOfClient = 0x301;

    // A missing close_notify counts as a normal end, because lengths show whether a response is complete. No compression, no
    // renegotiation.
    internal const ulong Options = (1UL << 7) | (1UL << 17) | (1UL << 30);

#if NATIVE
    const string Library = "libssl";
#else
    const string Library = "libssl.so.3";
#endif

    [DllImport(Library)]
    internal static extern int OPENSSL_init_ssl(ulong options, nint settings);

#if NATIVE
    [DllImport("libcrypto")]
    internal static extern int load_error_texts();
#else
    internal static int load_error_texts() => OPENSSL_init_ssl(InitWithoutConfiguration | 0x00200002, 0);
#endif

    [DllImport(Library)]
    internal static extern nint TLS_client_method();

    [DllImport(Library)]
    internal static extern nint SSL_CTX_new(nint method);

    [DllImport(Library)]
    internal static extern void SSL_CTX_free(nint context);

    [DllImport(Library)]
    internal static extern nint SSL_CTX_ctrl(nint context, int command, nint number, void* pointer);

    [DllImport(Library)]
    internal static extern ulong SSL_CTX_set_options(nint context, ulong options);

    [DllImport(Library)]
    internal static extern void SSL_CTX_set_security_level(nint context, int level);

    [DllImport(Library)]
    internal static extern void SSL_CTX_set_verify(nint context, int mode, nint callback);

    [DllImport(Library)]
    internal static extern void SSL_CTX_set_cert_verify_callback(
        nint context, delegate* unmanaged<nint, nint, int> callback, nint argument);

    [DllImport(Library)]
    internal static extern void SSL_CTX_sess_set_new_cb(nint context, delegate* unmanaged<nint, nint, int> callback);

    [DllImport(Library)]
    internal static extern void SSL_CTX_set_msg_callback(
        nint context, delegate* unmanaged<int, int, int, void*, nuint, nint, void> callback);

    [DllImport(Library)]
    internal static extern int SSL_CTX_set_alpn_protos(nint context, byte* protocols, uint length);

    [DllImport(Library)]
    internal static extern int SSL_CTX_set_ciphersuites(nint context, byte* suites);

    [DllImport(Library)]
    internal static extern int SSL_CTX_use_certificate(nint context, nint certificate);

    [DllImport(Library)]
    internal static extern int SSL_CTX_use_PrivateKey(nint context, nint key);

    [DllImport(Library)]
    internal static extern nint SSL_new(nint context);

    [DllImport(Library)]
    internal static extern void SSL_free(nint ssl);

    [DllImport(Library)]
    internal static extern int SSL_set_fd(nint ssl, int descriptor);

    [DllImport(Library)]
    internal static extern void SSL_set_connect_state(nint ssl);

    [DllImport(Library)]
    internal static extern int SSL_do_handshake(nint ssl);

    [DllImport(Library)]
    internal static extern int SSL_read(nint ssl, byte* buffer, int length);

    [DllImport(Library)]
    internal static extern int SSL_write(nint ssl, byte* buffer, int length);

    [DllImport(Library)]
    internal static extern int SSL_shutdown(nint ssl);

    [DllImport(Library)]
    internal static extern int SSL_get_error(nint ssl, int result);

    [DllImport(Library)]
    internal static extern nint SSL_ctrl(nint ssl, int command, nint number, void* pointer);

    [DllImport(Library)]
    internal static extern nint SSL_get0_param(nint ssl);

    [DllImport(Library)]
    internal static extern int SSL_set_session(nint ssl, nint session);

    [DllImport(Library)]
    internal static extern int SSL_session_reused(nint ssl);

    [DllImport(Library)]
    internal static extern void SSL_SESSION_free(nint session);

    [DllImport(Library)]
    internal static extern int SSL_set_ex_data(nint ssl, int index, nint data);

    [DllImport(Library)]
    internal static extern nint SSL_get_ex_data(nint ssl, int index);

    [DllImport(Library)]
    internal static extern int SSL_get_ex_data_X509_STORE_CTX_idx();

    [DllImport(Library)]
    internal static extern nint SSL_get_version(nint ssl);
}
