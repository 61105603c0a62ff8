using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class ObjectReaderTests
{
    const string Arn = "arn:aws:lambda:eu-west-1:123456789012:function:checkout:7/durable-execution/order-7/0c5f2b1e-0000-4000-8000-000000000001";

    readonly ReadingDesk _desk = ReadingDesk.Started();

    [Fact]
    public void A_message_that_is_an_object_is_the_record()
    {
        var record = _desk.ReadObject(
            """{"timestamp":"2026-03-14T09:26:53.120Z","level":"INFO","requestId":"ID","message":{"level":"warn","msg":"slow","ms":1200,"time":"2026-03-14T09:26:53.100Z","user":{"id":7}}}"""
            .Replace("ID", ReadingDesk.RequestId, StringComparison.Ordinal));
        Assert.Equal(("slow", LogLevel.Warn, "2026-03-14T09:26:53.100Z", ReadingDesk.RequestId), (record.Message, record.Level, record.Time, record.RequestId));
        Assert.Equal("""{"ms":1200,"user":{"id":7}}""", record.RawAttributes);
    }

    [Fact]
    public void Its_fields_stand_beside_those_around_it()
    {
        var record = _desk.ReadObject("""{"level":"ERROR","service":"shop","message":{"errorType":"TypeError","errorMessage":"no stock","stackTrace":["a"]},"n":1}""");
        Assert.Equal(("no stock", LogLevel.Error, "service n errorType stackTrace"), (record.Message, record.Level, record.AttributeNames));
    }

    [Theory]
    [InlineData("""{"level":"WARN","message":{"orderId":7,"ok":true}}""", """{"orderId":7,"ok":true}""", "", LogLevel.Warn)]
    [InlineData("""{"level":"INFO","message":{"orderId":7,"level":"error"}}""", """{"orderId":7,"level":"error"}""", "", LogLevel.Error)]
    [InlineData("""{"level":"INFO","message":[1,2]}""", "[1,2]", "", LogLevel.Info)]
    internal void Without_a_message_its_JSON_stands_there(string json, string message, string attributes, LogLevel level)
    {
        var record = _desk.ReadObject(json);
        Assert.Equal((message, attributes, level), (record.Message, record.AttributeNames, record.Level));
    }

    [Fact]
    public void JSON_text_that_console_log_was_given_is_the_record()
    {
        var record = _desk.ReadObject("""{"timestamp":"2026-03-14T09:26:53.120Z","level":"INFO","message":"{\"level\":\"error\",\"msg\":\"no stock\",\"id\":7}"}""");
        Assert.Equal(("no stock", LogLevel.Error, """{"id":7}"""), (record.Message, record.Level, record.RawAttributes));

        // Beside fields of its own it is what the function wanted to say.
        record = _desk.ReadObject("""{"level":"INFO","service":"shop","message":"{\"level\":\"error\",\"msg\":\"no stock\"}"}""");
        Assert.Equal(("""{"level":"error","msg":"no stock"}""", LogLevel.Info), (record.Message, record.Level));
    }

    [Theory]
    [InlineData("2019-01-01T00:00:00Z", false)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    [InlineData("2026-03-13T09:27:53.101Z", true)]
    [InlineData("2026-03-13T09:25:53.101Z", false)]
    [InlineData("2026-03-14T09:30:00Z", true)]
    [InlineData("2026-03-14T10:26:53Z", false)]
    [InlineData("2026-03-14T10:26:53+01:00", true)]
    [InlineData("2099-12-31T00:00:00Z", false)]
    public void A_time_counts_within_a_day_before_and_minutes_after_the_platform_s(string time, bool counts)
    {
        var record = _desk.ReadObject($$"""{"detail-type":"paid","time":"{{time}}","id":"7"}""");
        Assert.Equal(counts ? (time, "detail-type id") : (ReadingDesk.Time, "detail-type time id"), (record.Time, record.AttributeNames));
    }

    [Theory]
    [InlineData("""{"_aws":{"Timestamp":1773480413470,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["service"]],"Metrics":[{"Name":"Latency","Unit":"Milliseconds"},{"Name":"Errors"}]}]},"service":"cart","Latency":7,"Errors":0}""", "Shop: Latency, Errors")]
    [InlineData("""{"@t":"2026-03-14T09:26:53.100Z","@mt":"order {Id} paid","Id":7}""", "order {Id} paid")]
    [InlineData("""{"@t":"2026-03-14T09:26:53.100Z","@m":"order 7 paid","@mt":"order {Id} paid","Id":7}""", "order 7 paid")]
    [InlineData("""{"timestamp":"2026-03-14T09:26:53.100Z","level":"INFO","fields":{"message":"order paid","id":7},"target":"shop"}""", "order paid")]
    [InlineData("""{"version":"0","id":"a","detail-type":"Order paid","source":"shop","detail":{"x":1}}""", "Order paid")]
    [InlineData("""{"err":{"message":"no stock","stack":"x"},"n":1}""", "no stock")]
    [InlineData("""{"n":1,"path":"/orders","m":2}""", "/orders")]
    [InlineData("""{"orderId":7,"total":{"value":12}}""", "orderId, total")]
    [InlineData("""{"text":"2026 | no stock","record":{"level":{"name":"INFO"},"message":"no stock"}}""", "no stock")]
    [InlineData("""{"body":{"stringValue":"no stock"},"severityText":"INFO"}""", "body")]
    public void A_line_without_a_message_has_the_best_short_text_and_is_not_sent_twice(string json, string message)
    {
        var record = _desk.ReadObject(json);
        Assert.Equal(message, record.Message);
        Assert.NotNull(record.RawAttributes);
    }

    [Theory]
    [InlineData("""{"level":"gold","message":"x"}""", true)]
    [InlineData("""{"severity":{"a":1},"message":"x"}""", true)]
    [InlineData("""{"log":{"level":"special"},"message":"x"}""", true)]
    [InlineData("""{"LogLevel":77,"message":"x"}""", true)]
    [InlineData("""{"level":null,"message":"x"}""", true)]
    [InlineData("""{"level":"gold","severity":"INFO","message":"x"}""", false)]
    [InlineData("""{"levels":"gold","message":"x"}""", false)]
    [InlineData("""{"message":"x"}""", false)]
    public void A_level_that_is_not_understood_is_marked(string json, bool isUnclear)
    {
        Assert.Equal(isUnclear, _desk.ReadObject(json).LevelOrigin == LevelOrigin.Unrecognized);
        Assert.Equal(isUnclear, _desk.ReadLine(json).LevelOrigin == LevelOrigin.Unrecognized);
        Assert.Equal(LogLevel.Info, _desk.Last.Level);
    }

    [Theory]
    [InlineData("trace_id", "span_id", "")]
    [InlineData("traceId", "spanId", "")]
    [InlineData("trace.id", "span.id", "")]
    [InlineData("@tr", "@sp", "")]
    [InlineData("TraceId", "SpanId", "")]
    [InlineData("dd.trace_id", "dd.span_id", "dd.trace_id dd.span_id")]
    public void A_W3C_trace_of_the_line_s_own_is_its_trace(string trace, string span, string attributes)
    {
        var record = _desk.ReadObject($$"""{"message":"m","{{span}}":"00f067aa0ba902b7","{{trace}}":"4bf92f3577b34da6a3ce929d0e0e4736"}""");
        var own = attributes.Length == 0 ? ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7") : (null, (string?)null);
        Assert.Equal((own.Item1, own.Item2, attributes.Length > 0), (record.TraceId, record.SpanId, record.AttributeNames.Contains("dd.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"message":"m","span_id":"00f067aa0ba902b7"}""", "span_id")]
    [InlineData("""{"message":"m","trace_id":"00000000000000000000000000000000","span_id":"00f067aa0ba902b7"}""", "trace_id span_id")]
    [InlineData("""{"message":"m","trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"}}""", "trace")]
    public void What_is_no_trace_stays_an_attribute(string json, string attributes) =>
        Assert.Equal(attributes, _desk.ReadObject(json).AttributeNames);

    [Theory]
    [InlineData("  {\"message\":\"m\",\"a\":1}  \n")]
    [InlineData("\uFEFF{\"message\":\"m\",\"a\":1}\n")]
    [InlineData("\t\r\n{\"message\":\"m\",\"a\":1}\t\n\n")]
    [InlineData("\uFEFF {\"message\":\"m\",\"a\":1}\uFEFF")]
    public void JSON_with_blanks_or_a_byte_order_mark_around_it_is_JSON(string text)
    {
        var record = _desk.ReadLine(text);
        Assert.Equal(("m", "a"), (record.Message, record.AttributeNames));
        _desk.Read(System.Text.Encoding.UTF8.GetBytes(ReadingDesk.Event("function", System.Text.Json.JsonSerializer.Serialize(text, Relaxed))));
        Assert.Equal(("m", "a"), (_desk.Last.Message, _desk.Last.AttributeNames));
    }

    [Theory]
    [InlineData("executionArn", "operationId")]
    [InlineData("durableExecutionArn", "operationName")]
    [InlineData("execution_arn", "operation_name")]
    [InlineData("durable.execution.arn", "operationName")]
    public void A_durable_execution_is_that_of_all_records_after_the_line_that_has_it(string arn, string operation)
    {
        const string Execution = "\"durable_execution\":\"order-7/0c5f2b1e-0000-4000-8000-000000000001\"";
        Assert.Equal("", _desk.ReadLine("before").Context);
        var record = _desk.ReadObject($$"""{"level":"INFO","message":"m","{{arn}}":"{{Arn}}","{{operation}}":"pay","attempt":2}""");
        Assert.Equal(Execution + ",\"operation\":\"pay\",\"attempt\":2", record.Context);
        Assert.Equal($"{arn} {operation} attempt", record.AttributeNames);
        Assert.Equal(Execution, _desk.ReadLine("behind").Context);
        _desk.ReadEvents(ReadingDesk.Event("platform.report", $$"""{"requestId":"{{ReadingDesk.RequestId}}","metrics":{} }"""));
        Assert.Equal(Execution, _desk.Last.Context);
        _desk.ReadEvents(ReadingDesk.Done(ReadingDesk.RequestId, "2026-03-14T09:26:54.000Z"), ReadingDesk.Start(ReadingDesk.OtherRequestId, "2026-03-14T09:26:55.000Z"));
        Assert.Equal("", _desk.Last.Context);
    }

    [Fact]
    public void A_line_that_the_SDK_printed_and_did_not_serialize_has_its_execution_and_level()
    {
        var record = _desk.ReadLine($"{{\n  requestId: 'x',\n  executionArn: '{Arn}',\n  level: 'ERROR',\n  message: 'no stock'\n}}\n");
        Assert.Equal((LogLevel.Error, "\"durable_execution\":\"order-7/0c5f2b1e-0000-4000-8000-000000000001\""), (record.Level, record.Context));
    }

    [Theory]
    [InlineData("INFO  pay - no stock {attempt=1, durableExecutionArn=ARN, operationName=pay}", true)]
    [InlineData("level=info execution_arn=ARN msg=x", true)]
    [InlineData("level=info executionArn=\"ARN\"", true)]
    [InlineData("durable.execution.arn: ARN", true)]
    [InlineData("[executionArn: 'ARN']", true)]
    [InlineData("started ARN", false)]
    [InlineData("other=ARN", false)]
    [InlineData("executionArn ARN", false)]
    [InlineData("executionArn=arn:aws:lambda:x/durable-execution/only-a-name", false)]
    [InlineData("/durable-execution/a/b", false)]
    public void A_text_names_its_execution_after_its_name_only(string text, bool isNamed)
    {
        var record = _desk.ReadLine(text.Replace("ARN", Arn));
        Assert.Equal(isNamed ? "\"durable_execution\":\"order-7/0c5f2b1e-0000-4000-8000-000000000001\"" : "", record.Context);
    }

    [Theory]
    [InlineData("arn:aws:states:eu-west-1:123456789012:execution:machine:run-7")]
    [InlineData("order-7")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:f:7/durable-execution/only-a-name")]
    public void Any_other_execution_is_an_attribute(string arn) =>
        Assert.Equal(("", "executionArn"), (_desk.ReadObject($$"""{"message":"m","executionArn":"{{arn}}"}""").Context, _desk.Last.AttributeNames));

    [Fact]
    public void A_tenant_is_that_of_all_records_of_its_invocation()
    {
        var desk = new ReadingDesk().ReadEvents(
            ReadingDesk.Line("init"),
            ReadingDesk.Event("platform.start", $$"""{"requestId":"{{ReadingDesk.RequestId}}","tenantId":"Blue \"1\""}"""),
            ReadingDesk.Event("function", """{"level":"INFO","message":"m","tenantId":"Blue \"1\""}"""),
            ReadingDesk.Event("function", """{"level":"INFO","message":"m","tenantId":"another"}"""),
            ReadingDesk.Line("text"),
            ReadingDesk.Done(ReadingDesk.RequestId));
        const string Tenant = "\"tenant_id\":\"Blue \\\"1\\\"\"";
        Assert.Equal(Tenant, desk.Records[1].Context);
        Assert.All(desk.Records[1..], record => Assert.Equal(Tenant, record.Context));
        Assert.Equal(["", "tenantId"], desk.Records[2..4].Select(record => record.AttributeNames));
    }

    static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
