namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>
/// Finds issuer and subject of a certificate without parsing the rest: a few steps over DER (RFC 5280, section 4.1) instead of a native
/// handle for each of the 150 certificates of a bundle.
/// </summary>
internal static class CertificateNames
{
    const byte Sequence = 0x30;
    const byte Integer = 0x02;
    const byte Version = 0xA0;

    /// <summary>Reads both names in DER, including tag and length. Never throws.</summary>
    /// <param name="certificate">A certificate in DER.</param>
    /// <param name="issuer">The issuer's name.</param>
    /// <param name="subject">The subject's name.</param>
    /// <returns>False if the bytes are not a certificate.</returns>
    public static bool TryRead(ReadOnlySpan<byte> certificate, out ReadOnlySpan<byte> issuer, out ReadOnlySpan<byte> subject)
    {
        issuer = subject = default;
        var outer = new DerReader(certificate);
        if (!outer.TryTake(Sequence, out var whole, out _) || !new DerReader(whole).TryTake(Sequence, out var signed, out _))
            return false;

        // Version 1 certificates have no version field; a few old roots are of that kind.
        var fields = new DerReader(signed);
        fields.TryTake(Version, out _, out _);
        return fields.TryTake(Integer, out _, out _)        // serial number
            && fields.TryTake(Sequence, out _, out _)       // signature algorithm
            && fields.TryTake(Sequence, out _, out issuer)
            && fields.TryTake(Sequence, out _, out _)       // validity
            && fields.TryTake(Sequence, out _, out subject);
    }

    ref struct DerReader(ReadOnlySpan<byte> der)
    {
        ReadOnlySpan<byte> _rest = der;

        // Takes one element with the given tag off the front: its content, and the whole element.
        public bool TryTake(byte tag, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> element)
        {
            content = element = default;
            if (_rest.Length < 2 || _rest[0] != tag)
                return false;

            var header = 2;
            int length = _rest[1];
            if (length >= 0x80)
            {
                // Long form: the number of length bytes. Three of them cover 16 MB, more than any certificate.
                var count = length & 0x7F;
                if (count is 0 or > 3 || _rest.Length < header + count)
                    return false;

                length = 0;
                foreach (var part in _rest.Slice(header, count))
                    length = (length << 8) | part;

                header += count;
            }

            if (length > _rest.Length - header)
                return false;

            content = _rest.Slice(header, length);
            element = _rest[..(header + length)];
            _rest = _rest[(header + length)..];
            return true;
        }
    }
}
