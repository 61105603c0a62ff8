using System.Buffers.Binary;
using System.Numerics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Creates document ids of 16 letters that stay the same in all attempts. They consist of a random number of the process, a counter and a
/// checksum of the record, because clones of a snapshot share the first two. One thread at a time.
/// </summary>
/// <param name="random">Returns a random number in [0, 1). Called for the first record.</param>
internal sealed class DocumentIds(Func<double> random)
{
    /// <summary>Length of an id.</summary>
    public const int Size = 16;

    const int Bytes = 12;

    ulong _process;
    uint _count;

    static ReadOnlySpan<byte> Letters => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8;

    /// <summary>Writes the next id.</summary>
    /// <param name="record">The record.</param>
    /// <param name="letters">At least <see cref="Size"/> bytes.</param>
    public void Write(in LogRecord record, Span<byte> letters)
    {
        if (_count == 0)
            _process = (ulong)(random() * (1UL << 40));

        Span<byte> id = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(id, _process << 24 | (++_count & 0xFFFFFF));
        var sum = Sum(record.Attributes, Sum(record.Message, Sum(record.RequestId, Sum(record.Time, uint.MaxValue))));
        BinaryPrimitives.WriteUInt32BigEndian(id[8..], sum);
        for (var from = 0; from < Bytes; from += 3)
            WriteThree(id[from] << 16 | id[from + 1] << 8 | id[from + 2], letters[(from / 3 * 4)..]);
    }

    static void WriteThree(int bits, Span<byte> letters)
    {
        for (var i = 3; i >= 0; i--, bits >>= 6)
            letters[i] = Letters[bits & 63];
    }

    static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var last in bytes)
            sum = BitOperations.Crc32C(sum, last);
        return sum;
    }
}
