using System.Buffers.Binary;
using System.Text;

namespace LambdaLogs.Extension.Wire.Names;

/// <summary>The outcome of a DNS question.</summary>
internal enum DnsOutcome
{
    /// <summary>Not a response to this question. It is ignored.</summary>
    Unrelated,

    /// <summary>The name exists, perhaps without addresses of this type.</summary>
    Found,

    /// <summary>The name does not exist.</summary>
    NoName,

    /// <summary>The response does not fit into a datagram and has to be requested over TCP.</summary>
    Truncated,

    /// <summary>The server failed, or its response is invalid.</summary>
    Failed,
}

/// <summary>
/// Parses and validates the response to a question; RFC 1035, section 4, and RFC 5452. Never throws because of its content.
/// </summary>
internal static class DnsMessage
{
    const int NameBytesMax = 255;
    const int RecordsMax = 64;
    const ushort TypeAlias = 5;
    const ushort Internet = 1;

    /// <summary>Parses a response.</summary>
    /// <param name="message">The received bytes.</param>
    /// <param name="question">The question.</param>
    /// <param name="addresses">Receives the addresses, 4 or 16 bytes each.</param>
    public static DnsOutcome Read(ReadOnlySpan<byte> message, DnsQuestion question, List<byte[]> addresses)
    {
        Span<byte> asked = stackalloc byte[DnsQuestion.BytesMax];
        var body = asked[..question.WriteBody(asked)];
        var isResponse = message.Length >= DnsQuestion.HeadBytes + body.Length
            && BinaryPrimitives.ReadUInt16BigEndian(message) == question.Id
            && (message[2] & 0xF8) == 0x80
            && BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1
            && Ascii.EqualsIgnoreCase(message.Slice(DnsQuestion.HeadBytes, body.Length), body);
        if (!isResponse)
            return DnsOutcome.Unrelated;
        if ((message[2] & 2) != 0)
            return DnsOutcome.Truncated;

        return (message[3] & 0x0F) switch
        {
            0 => ReadRecords(message, DnsQuestion.HeadBytes + body.Length, question, addresses) ? DnsOutcome.Found : DnsOutcome.Failed,
            3 => DnsOutcome.NoName,
            _ => DnsOutcome.Failed,
        };
    }

    static bool ReadRecords(ReadOnlySpan<byte> message, int at, DnsQuestion question, List<byte[]> addresses)
    {
        // Aliases may be in any order, so each pass resolves at least one of them: there are at most as many passes as aliases.
        var owner = question.Name.ToLowerInvariant();
        var records = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(message[6..]), RecordsMax);
        for (var walk = 0; walk <= RecordsMax; walk++)
        {
            var from = owner;
            if (!ReadPass(message, at, records, question.Type, ref owner, addresses))
                return false;
            if (owner == from)
                return true;
        }

        return false;
    }

    static bool ReadPass(ReadOnlySpan<byte> message, int at, int records, ushort type, ref string owner, List<byte[]> addresses)
    {
        addresses.Clear();
        for (var record = 0; record < records; record++)
        {
            if (!TryName(message, ref at, out var name) || message.Length - at < 10)
                return false;

            var kind = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var isInternet = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]) == Internet;
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            at += 10;
            if (length > message.Length - at)
                return false;

            if (isInternet && name == owner && kind == type && length == (type == DnsQuestion.TypeA ? 4 : 16))
                addresses.Add(message.Slice(at, length).ToArray());
            var target = at;
            if (isInternet && name == owner && kind == TypeAlias && TryName(message, ref target, out var alias))
                owner = alias;
            at += length;
        }

        return true;
    }

    /// <summary>Reads a name, which may continue at an earlier offset of the message.</summary>
    static bool TryName(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        name = "";
        Span<byte> text = stackalloc byte[NameBytesMax + 1];
        var length = 0;
        var from = at;
        var hasJumped = false;
        while (from < message.Length)
        {
            int size = message[from];
            if (size >= 0xC0)
            {
                if (from + 1 >= message.Length)
                    return false;

                var target = ((size & 0x3F) << 8) | message[from + 1];
                at = hasJumped ? at : from + 2;
                hasJumped = true;
                // Only backwards, so that a name cannot form a loop.
                if (target >= from)
                    return false;

                from = target;
                continue;
            }

            if (size == 0)
            {
                at = hasJumped ? at : from + 1;
                name = Encoding.Latin1.GetString(text[..Math.Max(length - 1, 0)]).ToLowerInvariant();
                return true;
            }

            if (size > 63 || from + 1 + size > message.Length || length + size + 1 > NameBytesMax)
                return false;

            message.Slice(from + 1, size).CopyTo(text[length..]);
            text[length + size] = (byte)'.';
            length += size + 1;
            from += size + 1;
        }

        return false;
    }
}
