using System.Buffers;
using System.Buffers.Text;

namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Enumerates the certificates of a PEM text one at a time, without keeping them: a system's bundle has 150, of which one is needed.
/// </summary>
/// <param name="pem">The text. Everything outside of certificates, including comments and private keys, is skipped.</param>
internal ref struct PemCertificates(ReadOnlySpan<byte> pem)
{
    ReadOnlySpan<byte> _rest = pem;
    byte[] _der = [];

    /// <summary>The current certificate in DER; overwritten by the next step.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Whether a text contains the beginning of a PEM certificate.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsPem(ReadOnlySpan<char> text) => text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal);

    /// <summary>Moves to the next complete base64 certificate and skips others.</summary>
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
