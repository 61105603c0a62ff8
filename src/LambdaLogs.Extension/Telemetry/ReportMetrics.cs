using System.Buffers;
using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Adds derived metrics to a <c>platform.report</c>: <c>memoryUsedShare</c>, from 0 to 1, and <c>coldStart</c>. Pure.</summary>
internal static class ReportMetrics
{
    /// <summary>Most bytes that are added.</summary>
    public const int AddedMax = 64;

    /// <summary>Writes the event with the added metrics.</summary>
    /// <param name="whole">The event, valid.</param>
    /// <param name="coldStart">Whether the invocation was the first of its environment. Null: not known.</param>
    /// <param name="destination">At least <see cref="AddedMax"/> bytes longer than the event.</param>
    /// <returns>The number of bytes written; zero if the event has no metrics.</returns>
    public static int AddDerived(ReadOnlySpan<byte> whole, bool? coldStart, Span<byte> destination)
    {
        var record = Member(whole, "record"u8);
        var metrics = Member(whole[record], "metrics"u8);
        var values = whole[record][metrics];
        if (values.Length < 3 || values[0] != '{' || !ObjectWalker.Find(values, "coldStart"u8).IsEmpty)
            return 0;

        var end = record.Start.Value + metrics.End.Value - 1;
        whole[..end].CopyTo(destination);
        var written = end + Add(values, coldStart, destination[end..]);
        whole[end..].CopyTo(destination[written..]);
        return written + whole.Length - end;
    }

    static int Add(ReadOnlySpan<byte> metrics, bool? coldStart, Span<byte> destination)
    {
        var written = 0;
        var hasUsed = Utf8Parser.TryParse(ObjectWalker.FindNumber(metrics, "maxMemoryUsedMB"u8), out double used, out _);
        var hasSize = Utf8Parser.TryParse(ObjectWalker.FindNumber(metrics, "memorySizeMB"u8), out double size, out _);
        if (hasUsed && hasSize && size > 0 && used / size is >= 0 and < 1000)
        {
            written += Copy(",\"memoryUsedShare\":"u8, destination);
            Utf8Formatter.TryFormat(used / size, destination[written..], out var digits, new StandardFormat('F', 4));
            written += digits;
        }

        return coldStart is { } cold
            ? written + Copy(cold ? ",\"coldStart\":true"u8 : ",\"coldStart\":false"u8, destination[written..])
            : written;
    }

    /// <summary>Returns the range of a member's value. Empty: there is none.</summary>
    static Range Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var members = new ObjectWalker(json);
        while (members.Next())
        {
            if (members.Name.SequenceEqual(name))
                return (members.End - members.Value.Length)..members.End;
        }

        return 0..0;
    }

    static int Copy(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
