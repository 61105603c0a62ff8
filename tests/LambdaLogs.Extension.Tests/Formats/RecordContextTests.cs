using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed class RecordContextTests
{
    /// <summary>What each format writes of a tenant, a durable execution and a W3C trace.</summary>
    [Theory]
    [InlineData(FormatKind.Lambda, "\"request_id\":\"r\",\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":2,\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":\"00f067aa0ba902b7\"")]
    [InlineData(FormatKind.SplunkHec, "\"request_id\":\"r\",\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":2,\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":\"00f067aa0ba902b7\"")]
    [InlineData(FormatKind.Loki, "\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":\"2\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":\"00f067aa0ba902b7\"")]
    [InlineData(FormatKind.Gelf, "\"_tenant_id\":\"blue\",\"_durable_execution\":\"a/b\",\"_operation\":\"pay\",\"_attempt\":\"2\",\"_trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"_span_id\":\"00f067aa0ba902b7\"")]
    [InlineData(FormatKind.Datadog, "\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":2,\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":\"00f067aa0ba902b7\"")]
    [InlineData(FormatKind.NewRelic, "\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":2,\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span.id\":\"00f067aa0ba902b7\"")]
    [InlineData(FormatKind.Elasticsearch, "\"aws\":{\"lambda\":{\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":2}},\"trace\":{\"id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"},\"span\":{\"id\":\"00f067aa0ba902b7\"}")]
    [InlineData(FormatKind.Otlp, "{\"key\":\"aws.lambda.tenant_id\",\"value\":{\"stringValue\":\"blue\"}},{\"key\":\"aws.lambda.durable_execution\",\"value\":{\"stringValue\":\"a/b\"}},{\"key\":\"aws.lambda.operation\",\"value\":{\"stringValue\":\"pay\"}},{\"key\":\"aws.lambda.attempt\",\"value\":{\"intValue\":\"2\"}},")]
    [InlineData(FormatKind.Otlp, "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"spanId\":\"00f067aa0ba902b7\"")]
    [InlineData(FormatKind.OtlpProtobuf, "aws.lambda.durable_execution")]
    internal void Every_format_has_a_place_for_what_is_known_of_an_invocation(FormatKind kind, string expected)
    {
        var format = SampleFormats.New(kind);
        var record = new LogRecord
        {
            Time = "2026-03-14T09:26:53.101Z"u8,
            Message = "hi"u8,
            LogType = "function"u8,
            RequestId = "r"u8,
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736"u8,
            SpanId = "00f067aa0ba902b7"u8,
            Context = "\"tenant_id\":\"blue\",\"durable_execution\":\"a/b\",\"operation\":\"pay\",\"attempt\":2"u8,
        };
        var room = new byte[format.MaxSize(record)];
        var written = Encoding.UTF8.GetString(room, 0, format.Write(record, room));
        Assert.Contains(expected, written);

        var bare = record with { Context = default, TraceId = default, SpanId = default };
        var length = format.Write(bare, new byte[format.MaxSize(bare)]);
        Assert.True(length < written.Length);
        if (kind == FormatKind.Loki)
            Assert.DoesNotContain("tenant_id", written[..written.IndexOf("\"values\"", StringComparison.Ordinal)]);
    }
}
