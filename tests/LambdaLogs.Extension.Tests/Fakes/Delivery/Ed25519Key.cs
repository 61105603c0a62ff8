using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>An Ed25519 key in the machine's OpenSSL. Lives as long as the process.</summary>
internal sealed unsafe class Ed25519Key
{
    const string Library = "libcrypto.so.3";
    const int Kind = 1087;

    readonly nint _key;

    /// <summary>Makes the key of a seed of 32 bytes.</summary>
    public Ed25519Key(byte[] seed)
    {
        fixed (byte* bytes = seed)
            _key = EVP_PKEY_new_raw_private_key(Kind, 0, bytes, (nuint)seed.Length);
        Assert.NotEqual(0, _key);
    }

    /// <summary>The public part, 32 bytes.</summary>
    public byte[] Public()
    {
        var known = new byte[32];
        var length = (nuint)known.Length;
        fixed (byte* bytes = known)
            Assert.Equal(1, EVP_PKEY_get_raw_public_key(_key, bytes, &length));
        return known;
    }

    /// <summary>Signs.</summary>
    public byte[] Sign(byte[] data)
    {
        var signature = new byte[64];
        var length = (nuint)signature.Length;
        var context = EVP_MD_CTX_new();
        Assert.Equal(1, EVP_DigestSignInit(context, 0, 0, 0, _key));
        fixed (byte* bytes = data, result = signature)
            Assert.Equal(1, EVP_DigestSign(context, result, &length, bytes, (nuint)data.Length));
        EVP_MD_CTX_free(context);
        return signature;
    }

    [DllImport(Library)]
    static extern nint EVP_PKEY_new_raw_private_key(int kind, nint engine, byte* seed, nuint length);

    [DllImport(Library)]
    static extern int EVP_PKEY_get_raw_public_key(nint key, byte* bytes, nuint* length);

    [DllImport(Library)]
    static extern nint EVP_MD_CTX_new();

    [DllImport(Library)]
    static extern void EVP_MD_CTX_free(nint context);

    [DllImport(Library)]
    static extern int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library)]
    static extern int EVP_DigestSign(nint context, byte* signature, nuint* signatureLength, byte* data, nuint length);
}
