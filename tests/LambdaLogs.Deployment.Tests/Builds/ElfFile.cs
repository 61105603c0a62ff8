using System.Buffers.Binary;

namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>What the headers of an executable or object file say.</summary>
internal static class ElfFile
{
    const int MachineAt = 18, HeadersAt = 32, HeaderSizeAt = 54, HeaderCountAt = 56;

    /// <summary>A part of the file that is mapped into memory.</summary>
    /// <param name="Kind">1 is loaded, 3 names an interpreter.</param>
    /// <param name="Flags">1 may be executed, 2 written, 4 read.</param>
    /// <param name="Offset">Where it lies in the file.</param>
    /// <param name="Address">Where it comes to lie in memory.</param>
    /// <param name="MemoryBytes">How much it takes there.</param>
    /// <param name="Alignment">What both places agree in.</param>
    public sealed record Segment(uint Kind, uint Flags, ulong Offset, ulong Address, ulong MemoryBytes, ulong Alignment);

    /// <summary>The machine it is for, as layers call it.</summary>
    public static string Architecture(string path) => BinaryPrimitives.ReadUInt16LittleEndian(Head(path).AsSpan(MachineAt)) switch
    {
        0x3E => "x86_64",
        0xB7 => "arm64",
        var machine => $"machine {machine}",
    };

    /// <summary>Its segments, in their order.</summary>
    public static IReadOnlyList<Segment> Segments(string path)
    {
        var head = Head(path);
        var start = (int)BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(HeadersAt));
        var size = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(HeaderSizeAt));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(HeaderCountAt));
        return [.. Enumerable.Range(0, count).Select(index => Read(head.AsSpan(start + (index * size), size)))];
    }

    static Segment Read(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(header),
        BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
        BinaryPrimitives.ReadUInt64LittleEndian(header[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(header[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(header[40..]),
        BinaryPrimitives.ReadUInt64LittleEndian(header[48..]));

    static byte[] Head(string path)
    {
        var head = new byte[4096];
        using var file = File.OpenRead(path);
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..read];
    }
}
