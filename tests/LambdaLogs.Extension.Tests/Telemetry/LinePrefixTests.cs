using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class LinePrefixTests
{
    const string Id = "459921b5-681c-4a96-beb0-81e0aa586026";

    [Theory]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tWARN\tmessage", LogLevel.Warn)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tERROR\tInvoke Error \t{}", LogLevel.Error)]
    [InlineData("2024-05-15T23:59:20.159Z\tundefined\tDEBUG\tloading", LogLevel.Debug)]
    [InlineData("2024-05-15T23:59:20.159Z\t\tFATAL\tloading", LogLevel.Fatal)]
    [InlineData("[WARNING]\t2024-05-15T23:59:20.159Z\t" + Id + "\tmessage", LogLevel.Warn)]
    [InlineData("[CRITICAL]\t2024-05-15T23:59:20.159Z\t\tmessage", LogLevel.Fatal)]
    [InlineData("[ERROR] ValueError: boom\nTraceback (most recent call last):", LogLevel.Error)]
    [InlineData("[TRACE] from the Java logger", LogLevel.Trace)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\ttrce\tmessage", LogLevel.Trace)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tdbug\tmessage", LogLevel.Debug)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tinfo\tmessage", LogLevel.Info)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\twarn\tmessage", LogLevel.Warn)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tfail\tmessage", LogLevel.Error)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tcrit\tmessage", LogLevel.Fatal)]
    [InlineData("W, [2024-05-15T23:59:20.159000 #8]  WARN " + Id + " -- : message", LogLevel.Warn)]
    [InlineData("E, [2024-05-15T23:59:20.159000 #8] ERROR -- : message", LogLevel.Error)]
    [InlineData("ERROR message", LogLevel.Error)]
    [InlineData("ERROR: message", LogLevel.Error)]
    [InlineData("Error: message", LogLevel.Error)]
    [InlineData("warn: Microsoft.Hosting.Lifetime[0]", LogLevel.Warn)]
    [InlineData("fail: Microsoft.Hosting.Lifetime[0]", LogLevel.Error)]
    [InlineData("2024-05-15 23:59:20,159 ERROR com.example.Handler - message", LogLevel.Error)]
    [InlineData("2024-05-15 23:59:20 " + Id + " WARN  Handler:12 - message", LogLevel.Warn)]
    [InlineData("2024-05-15T23:59:20Z ERROR message", LogLevel.Error)]
    [InlineData("2024-05-15T23:59:20.159Z  WARN 1 --- [main] c.e.Handler : message", LogLevel.Warn)]
    [InlineData("23:59:20.159 [main] ERROR c.e.Handler -- message", LogLevel.Error)]
    [InlineData("[main] WARN com.example.Handler - message", LogLevel.Warn)]
    [InlineData("2024-05-15 23:59:20.159 | ERROR    | module:handler:7 - message", LogLevel.Error)]
    [InlineData("2024-05-15 23:59:20,159 - root - WARNING - message", LogLevel.Warn)]
    [InlineData("[2024-05-15 23:59:20,159] [ERROR] message", LogLevel.Error)]
    [InlineData("2024-05-15T23:59:20.159Z\tinfo\tmain.go:7\tmessage", LogLevel.Info)]
    [InlineData("2024-05-15T23:59:20.159Z\terror\tmain.go:7\tmessage", LogLevel.Error)]
    [InlineData("FATAL ERROR: Reached heap limit", LogLevel.Fatal)]
    [InlineData("time=2024-05-15T23:59:20.159Z level=ERROR msg=boom", LogLevel.Error)]
    [InlineData("time=\"2024-05-15T23:59:20Z\" level=warning msg=\"disk low\"", LogLevel.Warn)]
    [InlineData("ts=2024-05-15T23:59:20.159Z level=debug caller=main.go:7", LogLevel.Debug)]
    [InlineData("level=error ts=2024-05-15T23:59:20.159Z msg=boom", LogLevel.Error)]
    [InlineData("WARNING:root:disk low", LogLevel.Warn)]
    [InlineData("CRITICAL:app.orders: lost", LogLevel.Fatal)]
    [InlineData("SEVERE: from java.util.logging", LogLevel.Error)]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tInformation\tmessage", LogLevel.Info)]
    [InlineData("2024-05-15 23:59:20 [ERROR] com.example.Handler: message", LogLevel.Error)]
    [InlineData("[main] [WARN] message", LogLevel.Warn)]
    internal void A_level_is_read_where_runtimes_and_loggers_write_it(string line, LogLevel expected)
    {
        var prefix = Read(line);
        Assert.Equal((expected, true), (prefix.Level, prefix.HasLevel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("Information about the error is below")]
    [InlineData("Error while reading")]
    [InlineData("error reading file")]
    [InlineData("the ERROR is elsewhere")]
    [InlineData("no errors, no warnings")]
    [InlineData("2026/03/14 18:00:00 error reading file")]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tmessage with ERROR")]
    [InlineData("{\"level\":\"ERROR\"}")]
    [InlineData("[ERRORS] none")]
    [InlineData("  [E ")]
    [InlineData("[] ERROR")]
    [InlineData("I, [")]
    [InlineData("x, [y] z")]
    [InlineData("12 ERROR things")]
    [InlineData("level=none of these")]
    [InlineData("the level=ERROR is elsewhere")]
    [InlineData("ERROR:")]
    [InlineData("Error:root:cause of it")]
    [InlineData("ERRORS:root:none")]
    [InlineData("http://host:80/ERROR is a path")]
    [InlineData("2024/05/15 23:59:20 level of water: ERROR")]
    [InlineData("🚀, [2024] ERROR id")]
    [InlineData("\t\t\t\t\t\t\t\tERROR\tmessage")]
    public void A_word_in_the_text_is_no_level(string line)
    {
        var prefix = Read(line);
        Assert.Equal((LogLevel.Info, false), (prefix.Level, prefix.HasLevel));
    }

    [Theory]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tINFO\tmessage")]
    [InlineData("[INFO]\t2024-05-15T23:59:20.159Z\t" + Id + "\tmessage")]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tinfo\tmessage")]
    [InlineData("I, [2024-05-15T23:59:20.159000 #8]  INFO " + Id + " -- : message")]
    [InlineData("2024-05-15 23:59:20 <" + Id + "> INFO  Handler - message")]
    [InlineData("2024-05-15 23:59:20 " + Id + " INFO  Handler - message")]
    [InlineData("2024-05-15T23:59:20.159Z " + Id + " Task timed out after 3.00 seconds")]
    public void A_request_id_is_read_from_the_prefix(string line) => Assert.Equal(Id, Text(Read(line).RequestId));

    [Theory]
    [InlineData("2024-05-15T23:59:20.159Z\tundefined\tINFO\tmessage")]
    [InlineData("2024-05-15T23:59:20.159Z\t\tINFO\tmessage")]
    [InlineData("[INFO]\t2024-05-15T23:59:20.159Z\t\tmessage")]
    [InlineData("calling " + Id + " now")]
    [InlineData("2024-05-15T23:59:20.159Z\t459921b5-681c-4a96-beb0-81e0aa58602g\tINFO\tmessage")]
    [InlineData("2024-05-15T23:59:20.159Z\t459921b5_681c-4a96-beb0-81e0aa586026\tINFO\tmessage")]
    public void A_line_without_one_has_no_request_id(string line) => Assert.Equal("", Text(Read(line).RequestId));

    [Theory]
    [InlineData("2024-05-15T23:59:20.159Z\t" + Id + "\tINFO\t{rest", "{rest")]
    [InlineData("2024-05-15T23:59:20.159Z\tundefined\tINFO\t{rest", "{rest")]
    [InlineData("[INFO]\t2024-05-15T23:59:20.159Z\t" + Id + "\t{rest", "{rest")]
    [InlineData("[INFO]\t2024-05-15T23:59:20.159Z\t\t{rest", "{rest")]
    [InlineData("[INFO] {rest", "{rest")]
    [InlineData("{rest", "{rest")]
    public void The_text_after_the_prefix_is_found(string line, string rest)
    {
        var raw = JsonSerializer.SerializeToUtf8Bytes(line).AsSpan()[1..^1];
        Assert.Equal(rest, Text(raw[LinePrefix.Read(raw).End..]));
    }

    [Fact]
    public void Every_beginning_of_a_line_is_read_without_a_fault()
    {
        const string Line = "[INFO]\t2024-05-15T23:59:20.159Z\t" + Id + "\t\u0001\\ message";
        var raw = JsonSerializer.SerializeToUtf8Bytes(Line).AsSpan()[1..^1];
        for (var length = 0; length <= raw.Length; length++)
            LinePrefix.Read(raw[..length]);
    }

    static LinePrefix Read(string line) => LinePrefix.Read(JsonSerializer.SerializeToUtf8Bytes(line, Relaxed).AsSpan()[1..^1]);

    static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
