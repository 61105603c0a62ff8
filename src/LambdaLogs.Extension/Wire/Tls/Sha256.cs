namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>SHA-256 and HMAC-SHA-256 (RFC 2104) by OpenSSL's low-level functions, which need no initialisation.</summary>
internal static unsafe class Sha256
{
    /// <summary>Length of a digest.</summary>
    public const int Bytes = 32;

    const int BlockBytes = 64;

    // OpenSSL's SHA256_CTX has 112 bytes.
    const int StateBytes = 128;

    /// <summary>Computes a digest.</summary>
    /// <param name="bytes">Any.</param>
    public static byte[] Of(ReadOnlySpan<byte> bytes) => Of(bytes, default);

    /// <summary>Computes an HMAC.</summary>
    /// <param name="key">Of any length.</param>
    /// <param name="bytes">Any.</param>
    public static byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes)
    {
        Span<byte> inner = stackalloc byte[BlockBytes];
        Span<byte> outer = stackalloc byte[BlockBytes];
        inner.Clear();
        (key.Length > BlockBytes ? Of(key) : key).CopyTo(inner);
        inner.CopyTo(outer);
        for (var at = 0; at < BlockBytes; at++)
        {
            inner[at] ^= 0x36;
            outer[at] ^= 0x5C;
        }

        return Of(outer, Of(inner, bytes));
    }

    static byte[] Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var digest = new byte[Bytes];
        var state = stackalloc byte[StateBytes];
        fixed (byte* one = first, two = second, result = digest)
        {
            _ = CryptoCalls.SHA256_Init(state);
            _ = CryptoCalls.SHA256_Update(state, one, (nuint)first.Length);
            _ = CryptoCalls.SHA256_Update(state, two, (nuint)second.Length);
            _ = CryptoCalls.SHA256_Final(result, state);
        }

        return digest;
    }
}
