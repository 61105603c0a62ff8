using System.Buffers.Binary;
using System.Text;

namespace LambdaLogs.Emulator.Wire;

/// <summary>Encodes messages of <c>application/vnd.amazon.eventstream</c>, the format of streamed responses.</summary>
/// <remarks>Source: <see href="https://smithy.io/2.0/aws/amazon-eventstream.html"/></remarks>
internal static class EventStreamMessage
{
    const int PreludeBytes = 12, ChecksumBytes = 4;
    const byte StringValue = 7;

    /// <summary>Encodes a message.</summary>
    /// <param name="type">The header <c>:event-type</c>.</param>
    /// <param name="contentType">The header <c>:content-type</c>.</param>
    /// <param name="payload">The message's payload.</param>
    public static byte[] Of(string type, string contentType, ReadOnlySpan<byte> payload)
    {
        using var headers = new MemoryStream();
        Write(headers, ":event-type", type);
        Write(headers, ":content-type", contentType);
        Write(headers, ":message-type", "event");

        var message = new byte[PreludeBytes + headers.Length + payload.Length + ChecksumBytes];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), (int)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Checksum(message.AsSpan(0, 8)));
        headers.ToArray().CopyTo(message, PreludeBytes);
        payload.CopyTo(message.AsSpan(PreludeBytes + (int)headers.Length));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(^ChecksumBytes), Checksum(message.AsSpan(..^ChecksumBytes)));
        return message;
    }

    /// <summary>The CRC-32 of gzip and Ethernet.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        const uint polynomial = 0xEDB88320;
        var sum = uint.MaxValue;
        foreach (var item in bytes)
        {
            sum ^= item;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ polynomial;
        }

        return ~sum;
    }

    static void Write(MemoryStream headers, string name, string value)
    {
        headers.WriteByte((byte)name.Length);
        headers.Write(Encoding.ASCII.GetBytes(name));
        headers.WriteByte(StringValue);
        headers.WriteByte((byte)(value.Length >> 8));
        headers.WriteByte((byte)value.Length);
        headers.Write(Encoding.ASCII.GetBytes(value));
    }
}
