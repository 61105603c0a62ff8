using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class LineReaderTests
{
    const string Id = ReadingDesk.RequestId;

    readonly ReadingDesk _desk = new();

    [Theory]
    [InlineData("line\n", "line")]
    [InlineData("line\r\n", "line")]
    [InlineData("two\nlines\n\n", "two\nlines\n")]
    [InlineData("no line break", "no line break")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("\0 \u0001 \u001b[31mred \t \b \f \r \" \\ / </b> \u2028", "\0 \u0001 \u001b[31mred \t \b \f \r \" \\ / </b> \u2028")]
    public void A_text_is_passed_on_without_its_final_line_break(string text, string expected)
    {
        var record = _desk.ReadLine(text);
        Assert.Equal((expected, LogLevel.Info, "function", ReadingDesk.Time), (record.Message, record.Level, record.LogType, record.Time));
        Assert.Null(record.RawAttributes);
    }

    [Fact]
    public void A_text_keeps_its_prefix_and_the_platforms_time()
    {
        var record = _desk.ReadLine($"2020-01-01T00:00:00.000Z\t{Id}\tWARN\tretrying\n");
        Assert.Equal($"2020-01-01T00:00:00.000Z\t{Id}\tWARN\tretrying", record.Message);
        Assert.Equal((LogLevel.Warn, Id, ReadingDesk.Time), (record.Level, record.RequestId, record.Time));
    }

    [Fact]
    public void Equal_lines_all_arrive()
    {
        _desk.ReadEvents(ReadingDesk.Line("same\n"), ReadingDesk.Line("same\n"), ReadingDesk.Line("same\n"));
        Assert.Equal(["same", "same", "same"], _desk.Messages);
    }

    [Fact]
    public void An_object_gives_its_fields_and_keeps_the_rest_as_attributes()
    {
        var record = _desk.ReadObject(
            $$"""{"a.b":1,"timestamp":"2026-03-14T09:00:00Z","level":"Warning","":"empty","requestId":"{{Id}}","message":"ключ",""" +
            """ "n":12345678901234567890,"n":-0.0}""");
        Assert.Equal(("ключ", LogLevel.Warn, "2026-03-14T09:00:00Z", Id), (record.Message, record.Level, record.Time, record.RequestId));
        Assert.Equal("""{"a.b":1,"":"empty","n":12345678901234567890,"n":-0.0}""", record.RawAttributes);
    }

    [Theory]
    [InlineData("""{"message":"m"}""")]
    [InlineData("""{ "message" : "m" }""")]
    [InlineData("""{"level":"INFO","message":"m","time":"2026-03-14T11:00:00.1234567890+02:00"}""")]
    public void An_object_of_known_fields_leaves_no_attributes(string json)
    {
        var record = _desk.ReadObject(json);
        Assert.Equal("m", record.Message);
        Assert.Null(record.RawAttributes);
    }

    [Theory]
    [InlineData("""{"message":{"orderId":4711,"note":null}}""", """{"orderId":4711,"note":null}""", "")]
    [InlineData("""{"message":["a","b\n"]}""", """["a","b\n"]""", "")]
    [InlineData("""{"message":42}""", "42", "")]
    [InlineData("""{"message":null,"a":1}""", "a", "message a")]
    [InlineData("""{"message":"m","msg":"other","errorMessage":"e"}""", "m", "msg errorMessage")]
    [InlineData("""{"msg":"m","errorMessage":"e"}""", "m", "errorMessage")]
    [InlineData("""{"errorMessage":"e","errorType":"T","stackTrace":[]}""", "e", "errorType stackTrace")]
    [InlineData("""{"message":"first","x":1,"message":"second"}""", "first", "x message")]
    [InlineData("""{"event":"paid","count":3}""", "paid", "count")]
    [InlineData("""{"Message":"m"}""", "m", "")]
    [InlineData("{}", "{}", "")]
    public void The_message_is_the_best_there_is(string json, string message, string attributes)
    {
        var record = _desk.ReadObject(json);
        Assert.Equal((message, attributes), (record.Message, record.AttributeNames));
    }

    [Theory]
    [InlineData("""{"message":"","level":"Information"}""", LogLevel.Info, "")]
    [InlineData("""{"message":"","log_level":"ERROR"}""", LogLevel.Error, "")]
    [InlineData("""{"message":"","severity":"critical"}""", LogLevel.Fatal, "")]
    [InlineData("""{"message":"","levelname":"WARNING"}""", LogLevel.Warn, "")]
    [InlineData("""{"message":"","lvl":"dbug"}""", LogLevel.Debug, "")]
    [InlineData("""{"message":"","level":50}""", LogLevel.Error, "")]
    [InlineData("""{"message":"","level":"UNDEFINED"}""", LogLevel.Info, "")]
    [InlineData("""{"message":"","level":"Notice"}""", LogLevel.Info, "")]
    [InlineData("""{"message":"","level":"special"}""", LogLevel.Info, "level")]
    [InlineData("""{"message":"","level":"special","severity":"ERROR"}""", LogLevel.Error, "level")]
    [InlineData("""{"message":"","level":7}""", LogLevel.Info, "level")]
    [InlineData("""{"message":"","level":{"name":"ERROR"}}""", LogLevel.Error, "")]
    [InlineData("""{"message":"an ERROR in the text"}""", LogLevel.Info, "")]
    [InlineData("""{"severity":"WARN","message":"","level":"ERROR"}""", LogLevel.Error, "severity")]
    internal void A_level_is_taken_where_it_is_understood_and_kept_where_not(string json, LogLevel level, string attributes)
    {
        var record = _desk.ReadObject(json);
        Assert.Equal((level, attributes), (record.Level, record.AttributeNames));
    }

    [Theory]
    [InlineData("""{"message":"","timestamp":"2026-03-14T09:00:00.014Z"}""", "2026-03-14T09:00:00.014Z", "")]
    [InlineData("""{"message":"","time":"2026-03-14T10:00:00+01:00"}""", "2026-03-14T10:00:00+01:00", "")]
    [InlineData("""{"message":"","@timestamp":"2026-03-14T09:00:00.123456789Z"}""", "2026-03-14T09:00:00.123456789Z", "")]
    [InlineData("""{"message":"","timestamp":"yesterday"}""", ReadingDesk.Time, "timestamp")]
    [InlineData("""{"message":"","time":1773480000000}""", ReadingDesk.Time, "time")]
    [InlineData("""{"message":"","timestamp":"2026-02-30T10:00:00Z","time":"2026-03-14T09:00:00Z"}""", "2026-03-14T09:00:00Z", "timestamp")]
    public void A_time_is_taken_where_it_is_one_and_kept_where_not(string json, string time, string attributes)
    {
        var record = _desk.ReadObject(json);
        Assert.Equal((time, attributes), (record.Time, record.AttributeNames));
    }

    [Theory]
    [InlineData("requestId")]
    [InlineData("AWSRequestId")]
    [InlineData("aws_request_id")]
    [InlineData("function_request_id")]
    [InlineData("awsRequestId")]
    public void A_request_id_has_many_names(string name)
    {
        var record = _desk.ReadObject($$"""{"message":"m","{{name}}":"{{Id}}"}""");
        Assert.Equal((Id, ""), (record.RequestId, record.AttributeNames));
    }

    [Theory]
    [InlineData("\"undefined\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("null")]
    public void What_is_no_request_id_stays_an_attribute(string value)
    {
        var record = _desk.ReadObject($$"""{"message":"m","requestId":{{value}}}""");
        Assert.Equal((null, "requestId"), (record.RequestId, record.AttributeNames));
    }

    [Theory]
    [InlineData("traceId", "Root=1-69b5a1c3-1e2c502e358361800241fd45", "")]
    [InlineData("xray_trace_id", "1-69b5a1c3-1e2c502e358361800241fd45", "")]
    [InlineData("traceId", "Root=1-69b5a1c3-1e2c502e358361800241fd45;Parent=35465b3a9e2f7c6a;Sampled=1", "traceId")]
    public void A_trace_is_taken_and_what_it_says_beside_is_kept(string name, string value, string attributes)
    {
        var record = _desk.ReadObject($$"""{"message":"m","{{name}}":"{{value}}"}""");
        Assert.Equal(("1-69b5a1c3-1e2c502e358361800241fd45", attributes), (record.TraceId, record.AttributeNames));
    }

    [Fact]
    public void A_trace_of_another_kind_stays_an_attribute()
    {
        var record = _desk.ReadObject("""{"message":"m","traceId":"9007199254740993"}""");
        Assert.Equal((null, "traceId"), (record.TraceId, record.AttributeNames));
    }

    [Fact]
    public void A_text_that_is_an_object_is_read_as_one()
    {
        var record = _desk.ReadLine("""{"level": "ERROR", "message": "boom \"x\" \ud83d\ude80", "n": 1.50, "s": "\\ \n"}""" + "\n");
        Assert.Equal(("boom \"x\" 🚀", LogLevel.Error), (record.Message, record.Level));
        Assert.Equal("""{"n": 1.50, "s": "\\ \n"}""", record.RawAttributes);
    }

    [Fact]
    public void An_object_over_many_lines_is_read_and_kept_on_one()
    {
        var record = _desk.ReadLine("{\n  \"message\": \"m\",\r\n\t\"a\": [\n1,\n2]\n}\n");
        Assert.Equal("m", record.Message);
        Assert.Equal([1, 2], record.Attributes.GetProperty("a").EnumerateArray().Select(item => item.GetInt32()));
    }

    [Fact]
    public void An_object_after_a_prefix_is_read_as_one()
    {
        var record = _desk.ReadLine($$"""2026-03-14T09:26:53.411Z{{"\t"}}{{Id}}{{"\t"}}ERROR{{"\t"}}{"message":"m","a":1}""" + "\n");
        Assert.Equal(("m", LogLevel.Error, Id), (record.Message, record.Level, record.RequestId));
        Assert.Equal(("2026-03-14T09:26:53.411Z", "a"), (record.Time, record.AttributeNames));
    }

    [Theory]
    [InlineData($"[WARNING]\t2026-03-14T09:26:53.411Z\t{Id}\t", LogLevel.Warn, Id)]
    [InlineData("[ERROR]\t2026-03-14T09:26:53.411Z\t\t", LogLevel.Error, null)]
    [InlineData("2026-03-14T09:26:53.411Z\tundefined\tDEBUG\t", LogLevel.Debug, null)]
    [InlineData($"2026-03-14T09:26:53.411Z\t{Id}\tcrit\t", LogLevel.Fatal, Id)]
    internal void An_object_after_any_runtimes_prefix_has_what_the_prefix_says(string prefix, LogLevel level, string? requestId)
    {
        var record = _desk.ReadLine(prefix + """{"message":"m","a":1}""" + "\n");
        Assert.Equal(("m", level, requestId, "a"), (record.Message, record.Level, record.RequestId, record.AttributeNames));
        Assert.Equal("2026-03-14T09:26:53.411Z", record.Time);
    }

    [Theory]
    [InlineData("Invoke Error")]
    [InlineData("Uncaught Exception")]
    [InlineData("Unhandled Promise Rejection")]
    public void An_error_that_Nodes_runtime_shows_is_read_as_an_object_and_keeps_its_label(string label)
    {
        var error = """{"errorType":"TypeError","errorMessage":"a \"b\" is undefined","stack":["TypeError: a","    at x"]}""";
        var record = _desk.ReadLine($"2026-03-14T09:26:53.411Z\t{Id}\tERROR\t{label} \t{error}\n");
        Assert.Equal(($"{label}: a \"b\" is undefined", LogLevel.Error, Id), (record.Message, record.Level, record.RequestId));
        Assert.Equal("""{"errorType":"TypeError","stack":["TypeError: a","    at x"]}""", record.RawAttributes);
    }

    [Fact]
    public void An_error_without_a_message_is_named_by_its_best_text_after_its_label()
    {
        var record = _desk.ReadLine($"2026-03-14T09:26:53.411Z\t{Id}\tERROR\tUncaught Exception \t" + """{"reason":"no Error"}""" + "\n");
        Assert.Equal("Uncaught Exception: no Error", record.Message);
        Assert.Equal("reason", record.AttributeNames);
    }

    [Theory]
    [InlineData("ERROR\tInvoke Error \t{broken}")]
    [InlineData("ERROR\tInvoke Error {\"a\":1}")]
    [InlineData("ERROR\tA label that is much too long to be one of those that the runtime of Node puts there \t{\"a\":1}")]
    public void What_only_looks_like_an_error_of_Nodes_runtime_stays_text(string rest)
    {
        var record = _desk.ReadLine($"2026-03-14T09:26:53.411Z\t{Id}\t{rest}\n");
        Assert.Equal(($"2026-03-14T09:26:53.411Z\t{Id}\t{rest}", LogLevel.Error), (record.Message, record.Level));
        Assert.Null(record.RawAttributes);
    }

    [Fact]
    public void An_object_says_more_than_its_prefix()
    {
        var record = _desk.ReadLine(
            $"2020-01-01T00:00:00.000Z\t{Id}\tINFO\t"
            + $$"""{"message":"m","level":"warn","timestamp":"2026-03-14T09:00:00Z","requestId":"{{ReadingDesk.OtherRequestId}}"}""");
        Assert.Equal((LogLevel.Warn, "2026-03-14T09:00:00Z", ReadingDesk.OtherRequestId), (record.Level, record.Time, record.RequestId));
    }

    [Theory]
    [InlineData("{not json}")]
    [InlineData("{\"a\":1} trailing}")]
    [InlineData("{\"a\":1")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{\"a\":\"raw \u0001 control\"}")]
    public void A_text_that_only_looks_like_an_object_stays_text(string text)
    {
        var record = _desk.ReadLine(text);
        Assert.Equal(text, record.Message);
        Assert.Null(record.RawAttributes);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1,\"two\",{\"three\":3}]")]
    public void A_record_of_any_other_kind_is_passed_on_as_its_JSON(string json) => Assert.Equal(json, _desk.ReadObject(json).Message);

    [Fact]
    public void Metrics_of_our_own_are_left_out_as_text_and_as_an_object()
    {
        var line = LambdaLogs.Extension.Diagnostics.MetricsLine.Write(new(), new(), "orders", DateTimeOffset.UnixEpoch);
        _desk.ReadEvents(
            ReadingDesk.Line(line + "\n", type: "extension"),
            $$"""{"time":"2026-03-14T09:26:53.470Z","type":"extension","record":{{line}}}""",
            ReadingDesk.Line("a line"));
        Assert.Equal(["a line"], _desk.Messages);
        Assert.Equal(2, _desk.Reader.OwnLineCount);
    }

    [Fact]
    public void Lines_of_our_own_are_left_out_and_counted()
    {
        _desk.Own.Add("[EXTENSION] delivered 3\n"u8);
        _desk.ReadEvents(
            ReadingDesk.Line("[EXTENSION] delivered 3\n", type: "extension"),
            ReadingDesk.Line("[OTHER] delivered 3\n", type: "extension"),
            ReadingDesk.Line("[EXTENSION] printed by the function\n"));
        Assert.Equal(["[OTHER] delivered 3", "[EXTENSION] printed by the function"], _desk.Messages);
        Assert.Equal(1, _desk.Reader.OwnLineCount);
        Assert.Equal(["extension", "function"], _desk.Records.Select(record => record.LogType));
    }

    [Fact]
    public void A_line_of_our_own_that_comes_as_an_object_is_left_out()
    {
        _desk.Own.Add("[EXTENSION] WARN \"é\" is retried\n"u8);
        _desk.ReadEvents(ReadingDesk.Event("extension", """{"time":"x","message":"[EXTENSION] WARN \"\u00e9\" is retried"}"""));
        Assert.Equal((0, 1), (_desk.Records.Count, _desk.Reader.OwnLineCount));
    }

    [Fact]
    public void Another_extension_s_line_with_the_same_prefix_is_passed_on()
    {
        _desk.Own.Add("[EXTENSION] INFO started\n"u8);
        _desk.ReadEvents(ReadingDesk.Line("[EXTENSION] INFO started another\n", type: "extension"));
        Assert.Equal(["[EXTENSION] INFO started another"], _desk.Messages);
    }
}
