using System.Buffers.Binary;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Parses the frames of a runtime's log descriptor (<c>_LAMBDA_TELEMETRY_LOG_FD</c>), which keeps a record with line feeds in one piece.
/// Not thread-safe.
/// </summary>
/// <remarks>
/// A frame has a four-byte type (<c>a5 5a 00</c> and flags), a four-byte record length, an eight-byte time in microseconds, all
/// big-endian, and the record. AWS's clients for Node.js, Python, .NET and Ruby write this format; only their source code describes it.
/// </remarks>
/// <param name="onRecord">Receives each record. The receiver owns the memory.</param>
internal sealed class FrameSplitter(Action<ReadOnlyMemory<byte>> onRecord)
{
    const int HeadBytes = 16;
    const uint Kind = 0xA55A0000, KindMask = 0xFFFFFF00;
    const int RecordBytesMax = 64 * 1024 * 1024;

    readonly MemoryStream _partial = new();

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _partial.Write(bytes);
        var rest = _partial.GetBuffer().AsSpan(0, (int)_partial.Length);
        while (rest.Length >= HeadBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
            if ((BinaryPrimitives.ReadUInt32BigEndian(rest) & KindMask) != Kind || length > RecordBytesMax)
            {
                // The writer does not use the frame format: its output is passed on unchanged.
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
        _partial.SetLength(0);
        _partial.Write(left);
    }

    /// <summary>Called at the end of the stream: passes on an incomplete frame as far as it arrived.</summary>
    public void End()
    {
        if (_partial.Length > HeadBytes)
            onRecord(_partial.ToArray().AsMemory(HeadBytes));
        _partial.SetLength(0);
    }
}
