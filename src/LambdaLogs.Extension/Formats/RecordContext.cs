using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Writes the context of a record's invocation (<see cref="LogRecord.Context"/>), and the span that a line names. Pure.</summary>
internal static class RecordContext
{
    /// <summary>The possible names of a context's members, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tenant_id", "durable_execution", "operation", "attempt"];

    /// <summary>Largest overhead of a member besides its name and value.</summary>
    const int Syntax = 80;

    /// <summary>Upper bound of what each of the other methods writes.</summary>
    public static int MaxSize(in LogRecord record)
    {
        var span = record.TraceId.Length == TraceIds.Size ? Syntax : 0;
        return span + (record.Context.IsEmpty ? 0 : record.Context.Length + (Names.Count * Syntax));
    }

    /// <summary>Writes the members unchanged, each after a comma.</summary>
    public static void Write(in LogRecord record, ref SpanWriter writer)
    {
        if (record.Context.IsEmpty)
            return;

        writer.Add(","u8);
        writer.Add(record.Context);
    }

    /// <summary>Writes the members with configured names, each after a comma.</summary>
    /// <param name="record">The record.</param>
    /// <param name="names">One for each of <see cref="Names"/>, with its quotes and colon.</param>
    /// <param name="writer">Receives the output.</param>
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

    /// <summary>Writes the members as strings, each after a comma, for destinations that support nothing else.</summary>
    /// <param name="record">The record.</param>
    /// <param name="prefix">The prefix of their names.</param>
    /// <param name="writer">Receives the output.</param>
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

    /// <summary>Writes the members as OpenTelemetry attributes, each followed by a comma.</summary>
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

    /// <summary>
    /// Writes the span that a line names beside its W3C trace id. An X-Ray span belongs to the invocation, not to the line.
    /// </summary>
    /// <param name="name">The text before it: comma, name, colon and quote.</param>
    /// <param name="record">The record.</param>
    /// <param name="writer">Receives the output.</param>
    public static void WriteSpan(ReadOnlySpan<byte> name, in LogRecord record, ref SpanWriter writer)
    {
        if (record.TraceId.Length == TraceIds.Size)
            writer.AddOptional(name, record.SpanId);
    }

    /// <summary>Returns the index in <see cref="Names"/>.</summary>
    static int IndexOf(ReadOnlySpan<byte> name) => (char)name[0] switch
    {
        't' => 0,
        'd' => 1,
        'o' => 2,
        _ => 3,
    };
}
