using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// One batch as bytes for the next process, valid by itself: its length, a checksum (CRC-32C) over all that follows, when its body was
/// ended, the size of its parts, its id, the ends of its records, its records. Numbers are little-endian. Pure.
/// </summary>
internal static class SpillFormat
{
    /// <summary>Size of what stands before a piece: its length and its checksum.</summary>
    public const int PrefixBytes = 8;

    const int FixedBytes = 8 + 4 + 4 + 4 + 4;

    /// <summary>What the file begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "LLHD-SPILL-2\n"u8;

    /// <summary>Bytes that one batch takes.</summary>
    public static int SizeOf(Batch batch) =>
        PrefixBytes + FixedBytes + (batch.Entry.IdLength) + (batch.Waiting * sizeof(int)) + batch.RecordBytes;

    /// <summary>Writes a sealed batch with an id.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="head">The envelope's head.</param>
    /// <param name="destination">At least <see cref="SizeOf"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Batch batch, ReadOnlySpan<byte> head, Span<byte> destination)
    {
        var size = SizeOf(batch);
        var piece = destination[PrefixBytes..size];
        BinaryPrimitives.WriteInt64LittleEndian(piece, batch.Entry.SealedAt);
        BinaryPrimitives.WriteUInt32LittleEndian(piece[8..], Checksum(head));
        BinaryPrimitives.WriteInt32LittleEndian(piece[12..], batch.Entry.IdLength);
        BinaryPrimitives.WriteInt32LittleEndian(piece[16..], batch.Waiting);
        BinaryPrimitives.WriteInt32LittleEndian(piece[20..], batch.Entry.Part);
        var at = FixedBytes + Encoding.ASCII.GetBytes(batch.Id!, piece[FixedBytes..]);
        for (var record = 0; record < batch.Waiting; record++, at += sizeof(int))
            BinaryPrimitives.WriteInt32LittleEndian(piece[at..], batch.EndOf(record));
        batch.AllRecords.CopyTo(piece[at..]);
        BinaryPrimitives.WriteInt32LittleEndian(destination, piece.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum(piece));
        return size;
    }

    /// <summary>Reads a piece into the queue.</summary>
    /// <param name="piece">Any bytes.</param>
    /// <param name="checksum">What was written before it.</param>
    /// <param name="head">The envelope's head. What was written for another one is not ours.</param>
    /// <param name="adopt">Takes records and their ends.</param>
    /// <returns>False where it is anything else, or not all of it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> piece, uint checksum, ReadOnlySpan<byte> head, Adopt adopt)
    {
        if (piece.Length < FixedBytes || Checksum(piece) != checksum)
            return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(piece[8..]) != Checksum(head))
            return false;

        var sealedAt = BinaryPrimitives.ReadInt64LittleEndian(piece);
        var idLength = BinaryPrimitives.ReadInt32LittleEndian(piece[12..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(piece[16..]);
        var part = BinaryPrimitives.ReadInt32LittleEndian(piece[20..]);
        var rest = piece[FixedBytes..];
        if (idLength is < 1 or > BatchEntry.IdBytesMax || idLength > rest.Length)
            return false;
        if (count < 1 || count > (rest.Length - idLength) / sizeof(int))
            return false;

        var id = rest[..idLength];
        var ends = MemoryMarshal.Cast<byte, int>(rest.Slice(idLength, count * sizeof(int)));
        var records = rest[(idLength + (count * sizeof(int)))..];
        if (!IsId(id) || !Ascend(ends, records.Length) || part < 0 || sealedAt is <= 0 || sealedAt > DateTime.MaxValue.Ticks)
            return false;

        if (adopt(records, ends) is { } batch)
        {
            batch.Limit(part == 0 ? int.MaxValue : part);
            batch.Id = Encoding.ASCII.GetString(id);
            batch.Entry.SealedAt = sealedAt;
            batch.Entry.Attempts = 1;
        }

        return true;
    }

    /// <summary>Takes records, and where each ends.</summary>
    /// <returns>The batch. Null: there was no room.</returns>
    public delegate Batch? Adopt(ReadOnlySpan<byte> records, ReadOnlySpan<int> ends);

    /// <summary>An id goes into a header: letters, digits and hyphens only, whoever has written the file.</summary>
    static bool IsId(ReadOnlySpan<byte> id)
    {
        foreach (var letter in id)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter != '-')
                return false;
        }

        return true;
    }

    static bool Ascend(ReadOnlySpan<int> ends, int length)
    {
        var last = 0;
        foreach (var end in ends)
        {
            if (end <= last)
                return false;

            last = end;
        }

        return last == length;
    }

    /// <summary>CRC-32C.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var last in bytes)
            sum = BitOperations.Crc32C(sum, last);
        return ~sum;
    }
}
