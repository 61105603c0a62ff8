namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>Initialises OpenSSL and reads its errors. Thread-safe.</summary>
internal static class TlsLibrary
{
    /// <summary>
    /// Initialises the library without reading any file, so that a configuration of the machine has no effect. Costs nothing after the
    /// first call.
    /// </summary>
    public static void Initialize()
    {
        SocketCalls.IgnoreBrokenPipes();
        _ = SslCalls.OPENSSL_init_ssl(SslCalls.InitLean, 0);
    }

    /// <summary>Name and version of the library, for example <c>OpenSSL 3.0.22</c>.</summary>
    public static string Version
    {
        get
        {
            // The version is followed by its release date.
            var words = (Certificate.Text(CryptoCalls.OpenSSL_version(0)) ?? "").Split(' ');
            return words.Length > 1 ? $"{words[0]} {words[1]}" : "OpenSSL";
        }
    }

    /// <summary>OpenSSL's text for the last error on this thread, for example <c>wrong version number</c>. Null: none.</summary>
    public static string? LastError()
    {
        // The texts are tables of 100 KB that a successful connection never needs.
        _ = SslCalls.load_error_texts();
        var error = CryptoCalls.ERR_peek_last_error();
        CryptoCalls.ERR_clear_error();
        return error == 0 ? null : Certificate.Text(CryptoCalls.ERR_reason_error_string(error));
    }
}
