using System.Buffers.Binary;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes Protocol Buffers sequentially into a span that is large enough. A length that is known only after its content is written with a
/// fixed number of bytes, because readers accept a longer varint than necessary.
/// </summary>
/// Source: <see href="https://protobuf.dev/programming-guides/encoding/"/>
internal ref struct ProtobufWriter(Span<byte> destination)
{
    /// <summary>Size of a length that is filled in later: up to 256 MB.</summary>
    public const int LengthSize = 4;

    readonly Span<byte> _destination = destination;

    /// <summary>The number of bytes written.</summary>
    public int Written { get; private set; }

    /// <summary>Writes a tag or another byte.</summary>
    public void Byte(byte value) => _destination[Written++] = value;

    /// <summary>Writes a varint.</summary>
    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    /// <summary>Writes a tag and a 64-bit number.</summary>
    public void Fixed64(byte tag, ulong value)
    {
        Byte(tag);
        BinaryPrimitives.WriteUInt64LittleEndian(_destination[Written..], value);
        Written += sizeof(ulong);
    }

    /// <summary>Writes a tag and bytes with their length.</summary>
    public void Bytes(byte tag, scoped ReadOnlySpan<byte> bytes)
    {
        Byte(tag);
        Number((ulong)bytes.Length);
        Raw(bytes);
    }

    /// <summary>Writes bytes without a tag.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Written..]);
        Written += bytes.Length;
    }

    /// <summary>Commits bytes that the caller has written.</summary>
    public void Advance(int count) => Written += count;

    /// <summary>Writes a tag and a string.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="text">The inside of a JSON string.</param>
    public void Text(byte tag, scoped ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)'\\') < 0)
        {
            Bytes(tag, text);
            return;
        }

        var start = Begin(tag);
        Written += JsonText.Unescape(text, _destination[Written..]);
        End(start);
    }

    /// <summary>Starts a message or string whose length is filled in by <see cref="End"/>.</summary>
    /// <returns>The argument for <see cref="End"/>.</returns>
    public int Begin(byte tag)
    {
        Byte(tag);
        Written += LengthSize;
        return Written;
    }

    /// <summary>Fills in the length.</summary>
    public readonly void End(int start) => FillIn(_destination.Slice(start - LengthSize, LengthSize), Written - start);

    /// <summary>Writes a varint that fills a span: each byte except the last has the continuation bit.</summary>
    public static void FillIn(Span<byte> place, int value)
    {
        foreach (ref var one in place)
        {
            one = (byte)(value | 0x80);
            value >>= 7;
        }

        place[^1] &= 0x7F;
    }
}
