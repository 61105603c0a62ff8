using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes what a record has of its invocation beyond the id (<see cref="LogRecord.Context"/>), and the span that a line itself names. Pure.
/// </summary>
internal static class RecordContext
{
    /// <summary>The names that the members of a context may have, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tenant_id", "durable_execution", "operation", "attempt"];

    /// <summary>What a member takes besides its name and value, at most.</summary>
    const int Syntax = 80;

    /// <summary>How much any of the other methods writes at most.</summary>
    public static int MaxSize(in LogRecord record)
    {
        var span = record.TraceId.Length == TraceIds.Size ? Syntax : 0;
        return span + (record.Context.IsEmpty ? 0 : record.Context.Length + (Names.Count * Syntax));
    }

    /// <summary>Writes the members as they are, a comma before each.</summary>
    public static void Write(in LogRecord record, ref SpanWriter writer)
    {
        if (record.Context.IsEmpty)
            return;

        writer.Add(","u8);
        writer.Add(record.Context);
    }

    /// <summary>Writes the members under names of the user's, a comma before each.</summary>
    /// <param name="record">The record.</param>
    /// <param name="names">As many as <see cref="Names"/>, each with its quotes and colon.</param>
    /// <param name="writer">Where to write.</param>
    public static void Write(in LogRecord record, byte[][] names, ref SpanWriter writer)
    {
        var inside = record.Context;
        while (JsonValue.TryNext(ref inside, hasNames: true, out var name, out var value))
        {
            writer.Add(","u8);
            writer.Add(names[IndexOf(name)]);
            writer.Add(value);
        }
    }

    /// <summary>Writes the members as texts, a comma before each, where the destination has no other values.</summary>
    /// <param name="record">The record.</param>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="writer">Where to write.</param>
    public static void WriteTexts(in LogRecord record, ReadOnlySpan<byte> prefix, ref SpanWriter writer)
    {
        var inside = record.Context;
        while (JsonValue.TryNext(ref inside, hasNames: true, out var name, out var value))
        {
            writer.Add(",\""u8);
            writer.Add(prefix);
            writer.Add(name);
            writer.Add(value[0] == '"' ? "\":"u8 : "\":\""u8);
            writer.Add(value);
            if (value[0] != '"')
                writer.Add("\""u8);
        }
    }

    /// <summary>Writes the members as attributes of OpenTelemetry, a comma behind each.</summary>
    public static void WriteOtlp(in LogRecord record, ref SpanWriter writer)
    {
        var inside = record.Context;
        while (JsonValue.TryNext(ref inside, hasNames: true, out var name, out var value))
        {
            writer.Add("{\"key\":\"aws.lambda."u8);
            writer.Add(name);
            writer.Add("\",\"value\":"u8);
            OtlpJsonValue.WriteValue(value, depth: 1, ref writer);
            writer.Add("},"u8);
        }
    }

    /// <summary>Writes the span that a line names beside its W3C trace id; that of X-Ray is the invocation's, not the line's.</summary>
    /// <param name="name">What stands before it: comma, name, colon and quote.</param>
    /// <param name="record">The record.</param>
    /// <param name="writer">Where to write.</param>
    public static void WriteSpan(ReadOnlySpan<byte> name, in LogRecord record, ref SpanWriter writer)
    {
        if (record.TraceId.Length == TraceIds.Size)
            writer.AddOptional(name, record.SpanId);
    }

    /// <summary>Which of <see cref="Names"/> it is.</summary>
    static int IndexOf(ReadOnlySpan<byte> name) => (char)name[0] switch
    {
        't' => 0,
        'd' => 1,
        'o' => 2,
        _ => 3,
    };
}
