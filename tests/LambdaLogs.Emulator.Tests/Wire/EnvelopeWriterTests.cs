using System.Buffers;
using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Wire;

public sealed class EnvelopeWriterTests
{
    [Fact]
    public void A_text_line_is_a_string_with_its_line_feed() => Assert.Equal(
        """{"time":"2026-03-14T09:26:53.100Z","type":"function","record":"hello \"世界\"\t\n"}""",
        Render(Some.Line("hello \"世界\"\t\n")));

    [Fact]
    public void A_line_of_an_extension_has_its_own_type() => Assert.Equal(
        """{"time":"2026-03-14T09:26:53.100Z","type":"extension","record":"x\n"}""",
        Render(Some.Line("x\n", EventStream.Extension)));

    [Theory]
    [InlineData(LogFormat.Json, SchemaVersion.V20221213, true)]
    [InlineData(LogFormat.Json, SchemaVersion.V20250129, true)]
    [InlineData(LogFormat.Json, SchemaVersion.V20220701, false)]
    [InlineData(LogFormat.Text, SchemaVersion.V20221213, false)]
    public void A_json_object_becomes_an_object_in_json_format_and_a_newer_schema(object format, object schema, bool isObject)
    {
        var line = Some.Line("""{"level":"INFO","message":"m"}""" + "\n");
        using var json = JsonDocument.Parse(Render(line, (SchemaVersion)schema, (LogFormat)format));
        Assert.Equal(isObject ? JsonValueKind.Object : JsonValueKind.String, json.RootElement.GetProperty("record").ValueKind);
    }

    [Theory]
    [InlineData("[1,2]\n")]
    [InlineData("42\n")]
    [InlineData("{\"broken\":\n")]
    [InlineData("{} and more\n")]
    public void A_line_that_is_no_json_object_stays_a_string_in_json_format(string line)
    {
        using var json = JsonDocument.Parse(Render(Some.Line(line), format: LogFormat.Json));
        Assert.Equal(line, json.RootElement.GetProperty("record").GetString());
    }

    [Fact]
    public void Invalid_utf8_is_replaced()
    {
        using var json = JsonDocument.Parse(Render(new LogLine(Some.Time, EventStream.Function, new byte[] { (byte)'a', 0xff, 0xfe })));
        Assert.Equal("a\uFFFD\uFFFD", json.RootElement.GetProperty("record").GetString());
    }

    [Fact]
    public void A_long_text_line_comes_in_several_strings_that_do_not_cut_a_character()
    {
        var line = "a" + string.Concat(Enumerable.Repeat("é", 200_000)) + "\n";
        var rendered = Render(Some.Line(line), out var count);

        Assert.Equal(2, count);
        using var json = JsonDocument.Parse($"[{rendered}]");
        Assert.Equal(line, string.Concat(json.RootElement.EnumerateArray().Select(e => e.GetProperty("record").GetString())));
    }

    [Fact]
    public void A_long_json_object_is_cut_and_makes_the_body_invalid()
    {
        var line = $$"""{"message":"{{new string('A', 300_000)}}"}""";
        var rendered = Render(Some.Line(line + "\n"), out var count, LogFormat.Json);

        Assert.Equal(2, count);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse($"[{rendered}]").Dispose());
        var seam = """},{"time":"2026-03-14T09:26:53.100Z","type":"function","record":""";
        var head = """{"time":"2026-03-14T09:26:53.100Z","type":"function","record":""";
        Assert.Equal(head + line + "}", rendered.Replace(seam, ""));
    }

    [Fact]
    public void A_line_of_just_the_limit_stays_whole()
    {
        Render(Some.Line(new string('A', EnvelopeWriter.WholeRecordBytesMax)), out var whole);
        Render(Some.Line(new string('A', EnvelopeWriter.WholeRecordBytesMax + 1)), out var cut);
        Assert.Equal((1, 2), (whole, cut));
    }

    static string Render(TelemetryEvent item, SchemaVersion schema = SchemaVersion.V20221213, LogFormat format = LogFormat.Text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Assert.Null(new EnvelopeWriter(schema, format).Write(item, buffer));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static string Render(TelemetryEvent item, out int count, LogFormat format = LogFormat.Text)
    {
        var batch = new TelemetryBatch();
        var writer = new EnvelopeWriter(SchemaVersion.V20221213, format);
        for (TelemetryEvent? rest = item; rest is not null;)
            rest = batch.Add(rest, writer);
        count = batch.Items;
        return Encoding.UTF8.GetString(batch.ToArray())[1..^1];
    }
}
