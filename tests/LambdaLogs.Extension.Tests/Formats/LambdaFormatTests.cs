using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed class LambdaFormatTests
{
    readonly LambdaFormat _format = new(new FormatOptions(), ReadingSink.Identity);

    [Fact]
    public void A_record_has_its_ten_fields_in_order_and_no_other() => Assert.Equal(
        """{"timestamp":"2026-03-14T09:26:53.101Z","level":"INFO","message":"order \"4711\"\n","source":"lambda_""" +
        """function","function_name":"checkout","function_version":"$LATEST","function_memory_size":"256","aws_region":"eu-""" +
        """west-1","architecture":"x86_64","log_type":"function"}""",
        Write(new LogRecord
        {
            Time = "2026-03-14T09:26:53.101Z"u8,
            Level = LogLevel.Info,
            Message = """order \"4711\"\n"""u8,
            LogType = "function"u8,
        }));

    [Fact]
    public void What_else_is_known_follows() => Assert.EndsWith(
        """log_type":"x","request_id":"459921b5","trace_id":"1-69b5a1c3","cold_start":false,"snapshot":true,"attributes":{"a":1}}""",
        Write(new LogRecord
        {
            Time = "2026-03-14T09:26:53.101Z"u8,
            Message = ""u8,
            LogType = "x"u8,
            RequestId = "459921b5"u8,
            TraceId = "1-69b5a1c3"u8,
            ColdStart = false,
            Snapshot = true,
            Attributes = """{"a":1}"""u8,
        }));

    [Theory]
    [InlineData(LogLevel.Trace, "TRACE")]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Info, "INFO")]
    [InlineData(LogLevel.Warn, "WARN")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Fatal, "FATAL")]
    internal void A_level_is_written_in_capitals(LogLevel level, string name)
    {
        var record = new LogRecord { Time = "t"u8, Message = "m"u8, LogType = "function"u8, Level = level };
        Assert.Contains($"\"level\":\"{name}\",", Write(in record));
    }

    [Fact]
    public void The_envelope_is_the_originals()
    {
        Span<byte> tail = stackalloc byte[LambdaFormat.TailSize];
        var length = _format.Seal(new DateTimeOffset(2026, 3, 14, 9, 26, 53, 101, TimeSpan.Zero), tail, 0);
        var payload = Encoding.UTF8.GetString(_format.Head) + Encoding.UTF8.GetString(tail[..length]);
        Assert.Equal("""{"logs":[],"source":"aws-lambda-extension","timestamp":"2026-03-14T09:26:53.101Z"}""", payload);
        Assert.Equal(LambdaFormat.TailSize, length);
        Assert.Equal((byte)',', _format.Separator);
        Assert.Equal("application/json", _format.Traits.ContentType);
    }

    [Fact]
    public void The_functions_identity_is_escaped()
    {
        var format = new LambdaFormat(new FormatOptions(), new FunctionIdentity { Name = "a\"b\\\n\u0001é", Version = "🚀" });
        var record = new LogRecord { Time = "t"u8, Message = "m"u8, LogType = "function"u8 };
        var buffer = new byte[format.MaxSize(in record)];
        var json = JsonDocument.Parse(buffer.AsMemory(0, format.Write(in record, buffer))).RootElement;
        Assert.Equal("a\"b\\\n\u0001é", json.GetProperty("function_name").GetString());
        Assert.Equal("🚀", json.GetProperty("function_version").GetString());
        Assert.Equal("", json.GetProperty("aws_region").GetString());
    }

    [Fact]
    public void The_room_asked_for_is_enough_for_the_longest_record()
    {
        var name = new byte[LogRecord.NameBytesMax];
        name.AsSpan().Fill((byte)'x');
        var record = new LogRecord
        {
            Time = name,
            Level = LogLevel.Fatal,
            Message = "m"u8,
            LogType = name,
            RequestId = name,
            TraceId = name,
            ColdStart = false,
            Snapshot = true,
            Attributes = "{}"u8,
        };
        var buffer = new byte[_format.MaxSize(in record)];
        Assert.InRange(_format.Write(in record, buffer), buffer.Length - 40, buffer.Length);
    }

    string Write(in LogRecord record)
    {
        var buffer = new byte[_format.MaxSize(in record)];
        return Encoding.UTF8.GetString(buffer, 0, _format.Write(in record, buffer));
    }
}
