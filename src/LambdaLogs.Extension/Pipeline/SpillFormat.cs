using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Batches as bytes for the next process: a mark, for each batch its id, its records' ends and its body, and a checksum (CRC-32C) over
/// all of it. Numbers are little-endian, 32 bits. Pure.
/// </summary>
internal static class SpillFormat
{
    const int NumberSize = sizeof(int);

    static ReadOnlySpan<byte> Mark => "LLHD-SPILL-1\n"u8;

    /// <summary>Bytes that all but the batches take.</summary>
    public static int Overhead => Mark.Length + NumberSize;

    /// <summary>Bytes that one batch takes.</summary>
    public static int SizeOf(Batch batch) => ((4 + batch.Records) * NumberSize) + batch.Id!.Length + batch.Body.Length;

    /// <summary>Writes sealed batches with ids.</summary>
    public static byte[] Write(IReadOnlyList<Batch> batches)
    {
        var size = Overhead;
        foreach (var batch in batches)
            size += SizeOf(batch);

        var content = new byte[size];
        var at = Add(content, 0, Mark);
        foreach (var batch in batches)
        {
            at = AddText(content, at, Encoding.ASCII.GetBytes(batch.Id!));
            at = AddNumber(content, at, batch.Length);
            at = AddNumber(content, at, batch.Records);
            foreach (var end in batch.Ends)
                at = AddNumber(content, at, end);
            at = AddText(content, at, batch.Body.Span);
        }

        AddNumber(content, at, (int)Checksum(content.AsSpan(0, at)));
        return content;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="content">Any bytes.</param>
    /// <param name="headBytes">Size of the envelope's head.</param>
    /// <returns>Null where it is anything else, or not all of it.</returns>
    public static IReadOnlyList<Batch>? Read(ReadOnlySpan<byte> content, int headBytes)
    {
        if (content.Length < Overhead || !content.StartsWith(Mark))
            return null;

        var rest = content[..^NumberSize];
        if (BinaryPrimitives.ReadInt32LittleEndian(content[^NumberSize..]) != (int)Checksum(rest))
            return null;

        rest = rest[Mark.Length..];
        var batches = new List<Batch>();
        while (!rest.IsEmpty)
        {
            if (!TryReadBatch(ref rest, headBytes, out var batch))
                return null;

            batches.Add(batch);
        }

        return batches;
    }

    static bool TryReadBatch(ref ReadOnlySpan<byte> rest, int headBytes, out Batch batch)
    {
        batch = new Batch();
        if (!TryReadText(ref rest, out var id) || !TryReadNumber(ref rest, out var length) || !TryReadNumber(ref rest, out var records))
            return false;

        var ends = new List<int>();
        for (var record = 0; record < records; record++)
        {
            if (!TryReadNumber(ref rest, out var end))
                return false;

            ends.Add(end);
        }

        if (!TryReadText(ref rest, out var body) || length > body.Length)
            return false;

        batch.Restore(Encoding.ASCII.GetString(id), body, ends, headBytes, length);
        return true;
    }

    static bool TryReadNumber(ref ReadOnlySpan<byte> rest, out int number)
    {
        var whole = BinaryPrimitives.TryReadInt32LittleEndian(rest, out number) && number >= 0;
        rest = whole ? rest[NumberSize..] : rest;
        return whole;
    }

    static bool TryReadText(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryReadNumber(ref rest, out var length) || length > rest.Length)
            return false;

        text = rest[..length];
        rest = rest[length..];
        return true;
    }

    static int AddText(Span<byte> content, int at, ReadOnlySpan<byte> text) => Add(content, AddNumber(content, at, text.Length), text);

    static int AddNumber(Span<byte> content, int at, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(content[at..], number);
        return at + NumberSize;
    }

    static int Add(Span<byte> content, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(content[at..]);
        return at + bytes.Length;
    }

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var last in bytes)
            sum = BitOperations.Crc32C(sum, last);
        return ~sum;
    }
}
