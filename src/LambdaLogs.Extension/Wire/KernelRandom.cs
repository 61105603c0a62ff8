using System.Buffers.Binary;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Random numbers from the kernel, requested each time: a generator with its own state would return the same numbers in every clone of a
/// snapshot (SnapStart), and .NET's would load OpenSSL. Thread-safe.
/// </summary>
internal static unsafe class KernelRandom
{
    /// <summary>A number in [0, 1).</summary>
    public static double Unit()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>An id of 128 random bits as 32 hexadecimal digits.</summary>
    public static string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A number of 16 random bits.</summary>
    public static ushort UInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    static void Fill(Span<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            // Up to 256 bytes are always returned completely; source: getrandom(2).
            while (LibC.getrandom(start, (nuint)bytes.Length, 0) < 0 && LibC.LastError == LibC.ErrorInterrupted)
            {
            }
        }
    }
}
