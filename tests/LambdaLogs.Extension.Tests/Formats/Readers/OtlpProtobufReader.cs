using System.Globalization;
using LambdaLogs.Extension.Tests.Formats.Proto;

namespace LambdaLogs.Extension.Tests.Formats.Readers;

/// <summary>OpenTelemetry's logs in Protocol Buffers, decoded by Google's library.</summary>
internal static class OtlpProtobufReader
{
    public static IReadOnlyList<ReadEntry> Read(byte[] body)
    {
        var resource = Assert.Single(ExportRequest.Parser.ParseFrom(body).ResourceLogs);
        Assert.NotEmpty(resource.Resource.Attributes);
        var scope = Assert.Single(resource.ScopeLogs);
        Assert.NotEmpty(scope.Scope.Name);
        return [.. scope.LogRecords.Select(Record)];
    }

    static ReadEntry Record(LogRecord record)
    {
        Assert.InRange(record.ObservedTimeUnixNano, 1UL, ulong.MaxValue);
        Assert.Contains(record.TraceId.Length, new[] { 0, 16 });
        Assert.Contains(record.SpanId.Length, new[] { 0, 8 });
        Assert.Equal(1 + (4 * Array.IndexOf(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], record.SeverityText)), record.SeverityNumber);
        var own = record.Attributes.TakeWhile(attribute => attribute.Key != "aws.lambda.log_type").ToList();
        var rest = record.Attributes.Skip(own.Count + 1).ToList();
        return new ReadEntry(
            record.Body.StringValue,
            record.SeverityText,
            (long)record.TimeUnixNano / 1_000_000,
            own.SingleOrDefault(attribute => attribute.Key == "faas.invocation_id")?.Value.StringValue,
            rest.Count == 0 ? null : Members(rest));
    }

    static string Members(IEnumerable<KeyValue> members) => CanonicalJson.OfObject(members.Select(member => (member.Key, Value(member.Value))));

    static string Value(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.None => "null",
        AnyValue.ValueOneofCase.StringValue => CanonicalJson.OfText(value.StringValue),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => CanonicalJson.OfDouble(value.DoubleValue),
        AnyValue.ValueOneofCase.KvlistValue => Members(value.KvlistValue.Values),
        AnyValue.ValueOneofCase.ArrayValue => CanonicalJson.OfArray(value.ArrayValue.Values.Select(Value)),
        _ => throw new InvalidOperationException($"nothing is written as {value.ValueCase}"),
    };
}
