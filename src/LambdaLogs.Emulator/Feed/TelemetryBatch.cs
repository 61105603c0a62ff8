using System.Buffers;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>The serialized events of one POST. Not thread-safe.</summary>
internal sealed class TelemetryBatch
{
    readonly ArrayBufferWriter<byte> _buffer = new(4096);

    /// <summary>The number of envelopes.</summary>
    public int Items { get; private set; }

    /// <summary>The size of the envelopes with their commas, without the enclosing brackets.</summary>
    public int Bytes => _buffer.WrittenCount;

    /// <summary>Appends an event.</summary>
    /// <returns>The remainder of the event for another envelope; see <see cref="EnvelopeWriter.Write"/>.</returns>
    public TelemetryEvent? Add(TelemetryEvent item, EnvelopeWriter writer)
    {
        if (Items++ > 0)
            _buffer.Write(","u8);
        return writer.Write(item, _buffer);
    }

    /// <summary>The batch as the JSON array of a POST.</summary>
    public byte[] ToArray()
    {
        var body = new byte[Bytes + 2];
        body[0] = (byte)'[';
        _buffer.WrittenSpan.CopyTo(body.AsSpan(1));
        body[^1] = (byte)']';
        return body;
    }

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Items = 0;
    }
}
