using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Truncates long messages at a character boundary and appends their original length. One thread at a time.</summary>
/// <param name="bytesMax">Largest message including the suffix; at least <see cref="MinBytes"/>.</param>
/// <param name="counts">Counts truncated messages.</param>
/// <param name="next">Receives the records.</param>
internal sealed class MessageLimit(int bytesMax, IRuleCounts counts, IRecordSink next) : IRecordSink
{
    /// <summary>Smallest limit: a few words and the suffix.</summary>
    public const int MinBytes = 64;

    readonly ByteBuffer _message = new();

    static ReadOnlySpan<byte> MarkHead => "…[truncated from "u8;

    static ReadOnlySpan<byte> MarkTail => " bytes]"u8;

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (record.Message.Length <= bytesMax)
        {
            next.Add(record);
            return;
        }

        counts.Changed(Rule.Cut);
        next.Add(record with { Message = Cut(record.Message) });
    }

    ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> message)
    {
        Span<byte> number = stackalloc byte[10];
        Utf8Formatter.TryFormat(message.Length, number, out var digits);
        var room = bytesMax - MarkHead.Length - digits - MarkTail.Length;
        _message.Clear();
        _message.Add(message[..JsonStringBoundary.AtOrBefore(message, room)]);
        _message.Add(MarkHead);
        _message.Add(number[..digits]);
        _message.Add(MarkTail);
        return _message.Written;
    }
}
