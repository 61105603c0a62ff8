using System.Buffers.Binary;
using System.Text;

namespace LambdaLogs.Extension.Wire.Names;

/// <summary>A DNS question for the addresses of a name; RFC 1035, section 4.</summary>
/// <param name="Id">Random, so that a response is hard to forge.</param>
/// <param name="Name">A valid name without a final dot.</param>
/// <param name="Type">The record type.</param>
internal readonly record struct DnsQuestion(ushort Id, string Name, ushort Type)
{
    /// <summary>IPv4 addresses.</summary>
    public const ushort TypeA = 1;

    /// <summary>IPv6 addresses; RFC 3596.</summary>
    public const ushort TypeAaaa = 28;

    /// <summary>Length of the header of a message.</summary>
    public const int HeadBytes = 12;

    const ushort Internet = 1;

    /// <summary>Largest length of a question with its header.</summary>
    public const int BytesMax = HeadBytes + 255 + 4;

    /// <summary>Writes the question.</summary>
    /// <param name="buffer">At least <see cref="BytesMax"/>.</param>
    /// <returns>The number of bytes.</returns>
    public int Write(Span<byte> buffer)
    {
        buffer[..HeadBytes].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(buffer, Id);
        // Recursion desired.
        buffer[2] = 1;
        buffer[5] = 1;
        return HeadBytes + WriteBody(buffer[HeadBytes..]);
    }

    /// <summary>Writes name, type and class.</summary>
    /// <param name="buffer">At least 259 bytes.</param>
    public int WriteBody(Span<byte> buffer)
    {
        var at = 0;
        foreach (var range in Name.AsSpan().Split('.'))
        {
            var label = Name.AsSpan(range);
            buffer[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, buffer[(at + 1)..]);
        }

        buffer[at++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[at..], Type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(at + 2)..], Internet);
        return at + 4;
    }
}
