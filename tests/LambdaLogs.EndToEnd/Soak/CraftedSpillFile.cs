using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>A spill file as another process of the sandbox could write it: its checksum is right, and its batch id holds a line break and a header.</summary>
static class CraftedSpillFile
{
    /// <summary>The header that it is after.</summary>
    public const string Header = "X-Crafted";

    /// <summary>Writes it where the next process of the sandbox looks.</summary>
    public static void Write(int pid, string functionName)
    {
        var path = $"/proc/{pid}/root/tmp/aws-lambda-logs-http-destination.{functionName}.spill";
        File.WriteAllBytes(path, Content());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static byte[] Content()
    {
        var id = Encoding.ASCII.GetBytes($"1\r\n{Header}: 1");
        var record = """{"message":"crafted"}"""u8;
        using var piece = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, DateTime.UtcNow.Ticks);
        piece.Write(number);
        // The checksum of an empty head, sizes of the id, records, all of them, no tenant.
        foreach (var value in (int[])[0, id.Length, 1, 0, 0])
            piece.Write(Bytes(value));
        piece.Write(id);
        piece.Write(Bytes(record.Length));
        piece.Write(record);
        var content = piece.ToArray();
        return [.. "LLHD-SPILL-3\n"u8, .. Bytes(content.Length), .. Bytes((int)Checksum(content)), .. content];
    }

    static byte[] Bytes(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
            sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
