using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// The serialized form of one batch. Each is valid by itself: length, checksum (CRC-32C) of all that follows, time of the seal, sizes, id,
/// tenant, record ends, records. Numbers are little-endian. Pure.
/// </summary>
internal static class SpillFormat
{
    /// <summary>Size of length and checksum, which precede each batch.</summary>
    public const int PrefixBytes = 8;

    const int FixedBytes = 8 + 4 + 4 + 4 + 4 + 4;

    // Lambda allows 256 characters.
    const int TenantBytesMax = 1024;

    /// <summary>The signature at the start of the file.</summary>
    public static ReadOnlySpan<byte> Signature => "LLHD-SPILL-3\n"u8;

    /// <summary>Serialized size of a batch.</summary>
    public static int SizeOf(Batch batch, string tenant) =>
        PrefixBytes + FixedBytes + batch.Entry.IdLength + Encoding.UTF8.GetByteCount(tenant)
        + (batch.Remaining * sizeof(int)) + batch.RecordBytes;

    /// <summary>Writes a sealed batch that has an id.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="head">What the format writes before the first record.</param>
    /// <param name="tenant">Whose records it holds. Empty: none is known.</param>
    /// <param name="destination">At least <see cref="SizeOf"/> bytes.</param>
    /// <returns>Number of bytes written.</returns>
    public static int Write(Batch batch, ReadOnlySpan<byte> head, string tenant, Span<byte> destination)
    {
        var size = SizeOf(batch, tenant);
        var piece = destination[PrefixBytes..size];
        BinaryPrimitives.WriteInt64LittleEndian(piece, batch.Entry.SealedAt);
        BinaryPrimitives.WriteUInt32LittleEndian(piece[8..], Checksum(head));
        BinaryPrimitives.WriteInt32LittleEndian(piece[12..], batch.Entry.IdLength);
        BinaryPrimitives.WriteInt32LittleEndian(piece[16..], batch.Remaining);
        BinaryPrimitives.WriteInt32LittleEndian(piece[20..], batch.Entry.RequestRecords);
        BinaryPrimitives.WriteInt32LittleEndian(piece[24..], Encoding.UTF8.GetByteCount(tenant));
        var at = FixedBytes + Encoding.ASCII.GetBytes(batch.Id!, piece[FixedBytes..]);
        at += Encoding.UTF8.GetBytes(tenant, piece[at..]);
        for (var record = 0; record < batch.Remaining; record++, at += sizeof(int))
            BinaryPrimitives.WriteInt32LittleEndian(piece[at..], batch.EndOf(record));
        batch.AllRecords.CopyTo(piece[at..]);
        BinaryPrimitives.WriteInt32LittleEndian(destination, piece.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum(piece));
        return size;
    }

    /// <summary>Reads one serialized batch into the queue.</summary>
    /// <param name="piece">Any bytes.</param>
    /// <param name="checksum">The checksum that was written before it.</param>
    /// <param name="formats">The formats. A batch with the head of another format is not adopted.</param>
    /// <param name="adopt">Takes records, their ends and their tenant.</param>
    /// <returns>False if the bytes are not a complete batch.</returns>
    public static bool TryRead(ReadOnlySpan<byte> piece, uint checksum, TenantFormats formats, BatchReceiver adopt)
    {
        if (piece.Length < FixedBytes || Checksum(piece) != checksum)
            return false;
        var sealedAt = BinaryPrimitives.ReadInt64LittleEndian(piece);
        var idLength = BinaryPrimitives.ReadInt32LittleEndian(piece[12..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(piece[16..]);
        var part = BinaryPrimitives.ReadInt32LittleEndian(piece[20..]);
        var tenantLength = BinaryPrimitives.ReadInt32LittleEndian(piece[24..]);
        var rest = piece[FixedBytes..];
        if (idLength is < 1 or > BatchEntry.IdBytesMax || tenantLength is < 0 or > TenantBytesMax || idLength + tenantLength > rest.Length)
            return false;

        var id = rest[..idLength];
        var tenant = Encoding.UTF8.GetString(rest.Slice(idLength, tenantLength));
        rest = rest[(idLength + tenantLength)..];
        if (count < 1 || count > rest.Length / sizeof(int))
            return false;

        var ends = MemoryMarshal.Cast<byte, int>(rest[..(count * sizeof(int))]);
        var records = rest[(count * sizeof(int))..];
        if (!IsId(id) || !AreAscending(ends, records.Length) || part < 0 || sealedAt is <= 0 || sealedAt > DateTime.MaxValue.Ticks)
            return false;

        var index = formats.Of(tenant);
        if (BinaryPrimitives.ReadUInt32LittleEndian(piece[8..]) != Checksum(formats[index].Head))
            return false;

        if (adopt(records, ends, index) is { } batch)
        {
            batch.Entry.Tenant = index;
            batch.Limit(part == 0 ? int.MaxValue : part);
            batch.Id = Encoding.ASCII.GetString(id);
            batch.Entry.SealedAt = sealedAt;
            batch.Entry.Attempts = 1;
        }

        return true;
    }

    /// <summary>Takes records, where each ends, and whose they are.</summary>
    /// <returns>The batch. Null: there was no room.</returns>
    public delegate Batch? BatchReceiver(ReadOnlySpan<byte> records, ReadOnlySpan<int> ends, int tenant);

    /// <summary>
    /// An id is sent in a header, and the file may have been written by others: only letters, digits and hyphens are valid.
    /// </summary>
    static bool IsId(ReadOnlySpan<byte> id)
    {
        foreach (var letter in id)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter != '-')
                return false;
        }

        return true;
    }

    static bool AreAscending(ReadOnlySpan<int> ends, int length)
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
