using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>The calls of OpenSSL's libcrypto, bound like those of <see cref="SslCalls"/>.</summary>
internal static unsafe class CryptoCalls
{
    internal const int NameCommon = 13;
    internal const int NameOrganisation = 17;
    internal const int NameUnit = 18;
    internal const int AlternativeNames = 85;
    internal const int AlternativeDns = 2;
    internal const int AlternativeAddress = 7;

    // The strength that the security level of our contexts asks for: RSA from 2048 bits, no SHA-1.
    internal const int SecurityBitsMin = 112;

    internal const int RsaBitsMin = 2048;
    internal const int KindRsa = 6;
    internal const int KindRsaPss = 912;

    // A trusted certificate ends the chain, also one that has an issuer: an intermediate authority, or the server's own.
    internal const ulong PartialChain = 0x80000;

    // Never match names in the common name; a wildcard matches a whole label.
    internal const uint HostFlags = 0x20 | 0x4;

#if NATIVE
    const string Library = "libcrypto";
#else
    const string Library = "libcrypto.so.3";
#endif

    [DllImport(Library)]
    internal static extern nint OpenSSL_version(int what);

    [DllImport(Library)]
    internal static extern void ERR_clear_error();

    [DllImport(Library)]
    internal static extern nuint ERR_peek_last_error();

    [DllImport(Library)]
    internal static extern nint ERR_reason_error_string(nuint error);

    [DllImport(Library)]
    internal static extern int X509_VERIFY_PARAM_set1_host(nint param, byte* name, nuint length);

    [DllImport(Library)]
    internal static extern int X509_VERIFY_PARAM_set1_ip_asc(nint param, byte* address);

    [DllImport(Library)]
    internal static extern void X509_VERIFY_PARAM_set_hostflags(nint param, uint flags);

    [DllImport(Library)]
    internal static extern int X509_VERIFY_PARAM_set_flags(nint param, ulong flags);

    [DllImport(Library)]
    internal static extern nint X509_STORE_CTX_get0_cert(nint store);

    [DllImport(Library)]
    internal static extern nint X509_STORE_CTX_get0_chain(nint store);

    [DllImport(Library)]
    internal static extern nint X509_get0_pubkey(nint certificate);

    [DllImport(Library)]
    internal static extern int EVP_PKEY_get_base_id(nint key);

    [DllImport(Library)]
    internal static extern int EVP_PKEY_get_bits(nint key);

    [DllImport(Library)]
    internal static extern nint X509_STORE_CTX_get0_untrusted(nint store);

    [DllImport(Library)]
    internal static extern void X509_STORE_CTX_set0_trusted_stack(nint store, nint certificates);

    [DllImport(Library)]
    internal static extern void X509_STORE_CTX_set_verify_cb(nint store, delegate* unmanaged<int, nint, int> callback);

    [DllImport(Library)]
    internal static extern nint X509_STORE_CTX_get_ex_data(nint store, int index);

    [DllImport(Library)]
    internal static extern int X509_STORE_CTX_get_error(nint store);

    [DllImport(Library)]
    internal static extern void X509_STORE_CTX_set_error(nint store, int error);

    [DllImport(Library)]
    internal static extern int X509_verify_cert(nint store);

    [DllImport(Library)]
    internal static extern int X509_get_signature_info(nint certificate, int* digest, int* key, int* securityBits, uint* flags);

    [DllImport(Library)]
    internal static extern nint X509_verify_cert_error_string(nint error);

    [DllImport(Library)]
    internal static extern nint OPENSSL_sk_new_null();

    [DllImport(Library)]
    internal static extern int OPENSSL_sk_push(nint stack, nint item);

    [DllImport(Library)]
    internal static extern int OPENSSL_sk_num(nint stack);

    [DllImport(Library)]
    internal static extern nint OPENSSL_sk_value(nint stack, int index);

    [DllImport(Library)]
    internal static extern void OPENSSL_sk_free(nint stack);

    [DllImport(Library)]
    internal static extern nint d2i_X509(nint target, byte** bytes, nint length);

    [DllImport(Library)]
    internal static extern int i2d_X509(nint certificate, byte** bytes);

    [DllImport(Library)]
    internal static extern void X509_free(nint certificate);

    [DllImport(Library)]
    internal static extern nint X509_get0_notBefore(nint certificate);

    [DllImport(Library)]
    internal static extern nint X509_get0_notAfter(nint certificate);

    [DllImport(Library)]
    internal static extern int ASN1_TIME_to_tm(nint time, int* calendar);

    [DllImport(Library)]
    internal static extern nint X509_get_subject_name(nint certificate);

    [DllImport(Library)]
    internal static extern nint X509_get_issuer_name(nint certificate);

    [DllImport(Library)]
    internal static extern int X509_NAME_get_index_by_NID(nint name, int kind, int after);

    [DllImport(Library)]
    internal static extern nint X509_NAME_get_entry(nint name, int index);

    [DllImport(Library)]
    internal static extern nint X509_NAME_ENTRY_get_data(nint entry);

    [DllImport(Library)]
    internal static extern int ASN1_STRING_to_UTF8(byte** text, nint source);

    [DllImport(Library)]
    internal static extern void CRYPTO_free(byte* memory, nint file, int line);

    [DllImport(Library)]
    internal static extern nint X509_get_ext_d2i(nint certificate, int kind, int* isCritical, int* index);

    [DllImport(Library)]
    internal static extern nint GENERAL_NAME_get0_value(nint name, int* kind);

    [DllImport(Library)]
    internal static extern void GENERAL_NAMES_free(nint names);

    [DllImport(Library)]
    internal static extern byte* ASN1_STRING_get0_data(nint text);

    [DllImport(Library)]
    internal static extern int ASN1_STRING_length(nint text);

    [DllImport(Library)]
    internal static extern nint BIO_new_mem_buf(byte* bytes, int length);

    [DllImport(Library)]
    internal static extern int BIO_free(nint bio);

    [DllImport(Library)]
    internal static extern nint PEM_read_bio_PrivateKey(nint bio, nint target, nint callback, byte* password);

    [DllImport(Library)]
    internal static extern int X509_check_private_key(nint certificate, nint key);

    [DllImport(Library)]
    internal static extern void EVP_PKEY_free(nint key);

    [DllImport(Library)]
    internal static extern int SHA256_Init(byte* state);

    [DllImport(Library)]
    internal static extern int SHA256_Update(byte* state, byte* bytes, nuint length);

    [DllImport(Library)]
    internal static extern int SHA256_Final(byte* digest, byte* state);
}
