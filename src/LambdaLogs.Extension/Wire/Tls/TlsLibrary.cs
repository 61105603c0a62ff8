namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>
/// What has to be done once before OpenSSL is used, and what it has to say afterwards. Safe for calls from several threads.
/// </summary>
internal static class TlsLibrary
{
    /// <summary>
    /// Sets the library up without any file: whatever a configuration of the machine says, TLS is spoken as we mean it. Costs nothing from
    /// the second call on.
    /// </summary>
    public static void Initialize()
    {
        SocketCalls.IgnoreBrokenPipes();
        _ = SslCalls.OPENSSL_init_ssl(SslCalls.InitWithoutConfiguration, 0);
    }

    /// <summary>Name and version of the library, for example <c>OpenSSL 3.0.22</c>.</summary>
    public static string Version
    {
        get
        {
            // What stands behind it is the day of its release.
            var words = (Certificate.Text(CryptoCalls.OpenSSL_version(0)) ?? "").Split(' ');
            return words.Length > 1 ? $"{words[0]} {words[1]}" : "OpenSSL";
        }
    }

    /// <summary>The library's last error on this thread in words, for example <c>wrong version number</c>. Null: there is none.</summary>
    public static string? LastError()
    {
        // The texts are 100 KB of tables that a connection which comes about never needs.
        _ = SslCalls.OPENSSL_init_ssl(SslCalls.InitWithoutConfiguration | SslCalls.InitWithTexts, 0);
        var error = CryptoCalls.ERR_peek_last_error();
        CryptoCalls.ERR_clear_error();
        return error == 0 ? null : Certificate.Text(CryptoCalls.ERR_reason_error_string(error));
    }
}
