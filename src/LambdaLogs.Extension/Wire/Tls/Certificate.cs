using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>A certificate parsed by OpenSSL. Owned by its creator; reading does not change it.</summary>
/// <param name="Handle">OpenSSL's pointer, not zero.</param>
internal readonly unsafe record struct Certificate(nint Handle)
{
    /// <summary>Parses a certificate.</summary>
    /// <param name="der">A certificate in DER.</param>
    /// <returns>Must be freed. Null: the bytes are not a certificate.</returns>
    public static Certificate? Parse(ReadOnlySpan<byte> der)
    {
        fixed (byte* start = der)
        {
            var at = start;
            var handle = CryptoCalls.d2i_X509(0, &at, der.Length);
            CryptoCalls.ERR_clear_error();
            return handle == 0 ? null : new Certificate(handle);
        }
    }

    /// <summary>The certificate in DER.</summary>
    public byte[] Der()
    {
        var der = new byte[Math.Max(CryptoCalls.i2d_X509(Handle, null), 0)];
        fixed (byte* start = der)
        {
            var at = start;
            _ = CryptoCalls.i2d_X509(Handle, &at);
        }

        return der;
    }

    /// <summary>Start of the validity, in UTC.</summary>
    public DateTime NotBefore => Time(CryptoCalls.X509_get0_notBefore(Handle), DateTime.MinValue);

    /// <summary>End of the validity, in UTC.</summary>
    public DateTime NotAfter => Time(CryptoCalls.X509_get0_notAfter(Handle), DateTime.MaxValue);

    /// <summary>The subject as short text. Empty: none.</summary>
    public string Subject => NameOf(CryptoCalls.X509_get_subject_name(Handle));

    /// <summary>The issuer as short text. Empty: none.</summary>
    public string Issuer => NameOf(CryptoCalls.X509_get_issuer_name(Handle));

    /// <summary>The host names and addresses that it is valid for.</summary>
    public IReadOnlyList<string> Hosts()
    {
        List<string> hosts = [];
        var names = CryptoCalls.X509_get_ext_d2i(Handle, CryptoCalls.AlternativeNames, null, null);
        if (names == 0)
            return hosts;

        for (var at = 0; at < CryptoCalls.OPENSSL_sk_num(names); at++)
        {
            int kind;
            var value = CryptoCalls.GENERAL_NAME_get0_value(CryptoCalls.OPENSSL_sk_value(names, at), &kind);
            if (kind is not (CryptoCalls.AlternativeDns or CryptoCalls.AlternativeAddress))
                continue;

            var bytes = new ReadOnlySpan<byte>(CryptoCalls.ASN1_STRING_get0_data(value), CryptoCalls.ASN1_STRING_length(value));
            if (kind == CryptoCalls.AlternativeDns)
                hosts.Add(Encoding.Latin1.GetString(bytes));
            else if (bytes.Length is 4 or 16)
                hosts.Add(new IPAddress(bytes).ToString());
        }

        CryptoCalls.GENERAL_NAMES_free(names);
        return hosts;
    }

    /// <summary>Whether its signature is of a kind that can be forged, such as one with SHA-1.</summary>
    public bool HasWeakSignature
    {
        get
        {
            int bits;
            return CryptoCalls.X509_get_signature_info(Handle, null, null, &bits, null) == 1 && bits < CryptoCalls.SecurityBitsMin;
        }
    }

    /// <summary>
    /// Whether its key is an RSA key below 2048 bits. OpenSSL's security levels count strength in steps of 8 bits, by which a key of 2040
    /// bits is as good as one of 2048.
    /// </summary>
    public bool HasShortRsaKey
    {
        get
        {
            var key = CryptoCalls.X509_get0_pubkey(Handle);
            return key != 0
                && CryptoCalls.EVP_PKEY_get_base_id(key) is CryptoCalls.KindRsa or CryptoCalls.KindRsaPss
                && CryptoCalls.EVP_PKEY_get_bits(key) < CryptoCalls.RsaBitsMin;
        }
    }

    /// <summary>Frees the certificate.</summary>
    public void Free() => CryptoCalls.X509_free(Handle);

    static DateTime Time(nint time, DateTime otherwise)
    {
        // The C library's struct tm, 56 bytes: seconds, minutes, hours, day, month from 0, years since 1900.
        var calendar = stackalloc int[14];
        if (CryptoCalls.ASN1_TIME_to_tm(time, calendar) != 1)
            return otherwise;

        var day = new DateTime(Math.Clamp(calendar[5] + 1900, 1, 9999), calendar[4] + 1, calendar[3], 0, 0, 0, DateTimeKind.Utc);
        return day + new TimeSpan(calendar[2], calendar[1], calendar[0]);
    }

    static string NameOf(nint name)
    {
        foreach (var kind in (ReadOnlySpan<int>)[CryptoCalls.NameCommon, CryptoCalls.NameUnit, CryptoCalls.NameOrganisation])
        {
            var index = CryptoCalls.X509_NAME_get_index_by_NID(name, kind, -1);
            if (index < 0)
                continue;

            byte* text;
            var entry = CryptoCalls.X509_NAME_ENTRY_get_data(CryptoCalls.X509_NAME_get_entry(name, index));
            var length = CryptoCalls.ASN1_STRING_to_UTF8(&text, entry);
            if (length < 0)
                continue;

            var shown = Encoding.UTF8.GetString(text, length);
            CryptoCalls.CRYPTO_free(text, 0, 0);
            return shown;
        }

        return "";
    }

    /// <summary>Converts a string that OpenSSL owns.</summary>
    /// <param name="text">Zero: none.</param>
    internal static string? Text(nint text) => text == 0 ? null : Marshal.PtrToStringUTF8(text);
}
