using System.Buffers.Binary;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Reads the frames of a runtime's log descriptor (<c>_LAMBDA_TELEMETRY_LOG_FD</c>): a record stays one, whatever line feeds it has.
/// Not thread-safe.
/// </summary>
/// <remarks>
/// A frame is a type of four bytes, <c>a5 5a 00</c> and flags, the length of the record in four, microseconds in eight, all big-endian,
/// and the record. AWS's clients for Node.js, Python, .NET and Ruby write it so; it is in their source and in no document.
/// </remarks>
/// <param name="onRecord">Gets each record. The memory is the receiver's.</param>
internal sealed class FrameSplitter(Action<ReadOnlyMemory<byte>> onRecord)
{
    const int HeadBytes = 16;
    const uint Kind = 0xA55A0000, KindMask = 0xFFFFFF00;
    const int RecordBytesMax = 64 * 1024 * 1024;

    readonly MemoryStream _begun = new();

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _begun.Write(bytes);
        var rest = _begun.GetBuffer().AsSpan(0, (int)_begun.Length);
        while (rest.Length >= HeadBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
            if ((BinaryPrimitives.ReadUInt32BigEndian(rest) & KindMask) != Kind || length > RecordBytesMax)
            {
                // Whoever writes this does not know the protocol: shown as it is rather than lost.
                onRecord(rest.ToArray());
                rest = default;
                break;
            }

            if (rest.Length < HeadBytes + (int)length)
                break;

            onRecord(rest.Slice(HeadBytes, (int)length).ToArray());
            rest = rest[(HeadBytes + (int)length)..];
        }

        var left = rest.ToArray();
        _begun.SetLength(0);
        _begun.Write(left);
    }

    /// <summary>The stream is over: what was begun is shown as far as it came.</summary>
    public void End()
    {
        if (_begun.Length > HeadBytes)
            onRecord(_begun.ToArray().AsMemory(HeadBytes));
        _begun.SetLength(0);
    }
}
