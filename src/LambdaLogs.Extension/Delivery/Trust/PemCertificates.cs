using System.Buffers;
using System.Buffers.Text;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Walks over the certificates of a PEM text, one at a time, without keeping them: a system's bundle holds 150, of which one is wanted.
/// </summary>
/// <param name="pem">The text. Anything outside of certificates, comments and private keys included, is passed over.</param>
internal ref struct PemCertificates(ReadOnlySpan<byte> pem)
{
    ReadOnlySpan<byte> _rest = pem;
    byte[] _der = [];

    /// <summary>The current certificate in DER; overwritten by the next step.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Whether a text holds the beginning of a certificate in PEM.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsPem(ReadOnlySpan<char> text) => text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal);

    /// <summary>Goes to the next certificate whose text is whole and base64; others are passed over.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        while (true)
        {
            var begin = _rest.IndexOf("-----BEGIN CERTIFICATE-----"u8);
            if (begin < 0)
                return false;

            var text = _rest[(begin + "-----BEGIN CERTIFICATE-----".Length)..];
            var end = text.IndexOf("-----END CERTIFICATE-----"u8);
            if (end < 0)
                return false;

            _rest = text[(end + "-----END CERTIFICATE-----".Length)..];
            if (TryDecode(text[..end]))
                return true;
        }
    }

    bool TryDecode(ReadOnlySpan<byte> text)
    {
        if (_der.Length < text.Length)
            _der = new byte[Math.Max(text.Length, 4096)];

        var done = Base64.DecodeFromUtf8(text, _der, out _, out var written) is OperationStatus.Done;
        Current = done ? _der.AsSpan(0, written) : default;
        return done;
    }
}
