using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>Cuts long messages on a character's border and says how long they were. One thread at a time.</summary>
/// <param name="bytesMax">Longest message, the mark included; at least <see cref="Least"/>.</param>
/// <param name="counts">Learns of cuts.</param>
/// <param name="next">Takes the records.</param>
internal sealed class MessageLimit(int bytesMax, IRuleCounts counts, IRecordSink next) : IRecordSink
{
    /// <summary>Smallest bound: a few words and the mark.</summary>
    public const int Least = 64;

    readonly GrowingBytes _message = new();

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
        _message.Add(message[..JsonBorder.Before(message, room)]);
        _message.Add(MarkHead);
        _message.Add(number[..digits]);
        _message.Add(MarkTail);
        return _message.Written;
    }
}
