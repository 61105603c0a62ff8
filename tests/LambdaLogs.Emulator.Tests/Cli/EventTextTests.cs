using System.Text;
using LambdaLogs.Emulator.Cli;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Cli;

public sealed class EventTextTests : IDisposable
{
    readonly TempFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(null, "{}")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("[1]", "[1]")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("17", "17")]
    public void Json_is_the_event(string? given, string content) => Assert.Equal((content, null), Read(given));

    [Fact]
    public void A_file_holds_the_event() => Assert.Equal(("""{"b":2}""", null), Read(_files.Write("event.json", """{"b":2}""")));

    [Fact]
    public void Mistakes_say_where_they_are()
    {
        Assert.Equal("--event: not valid JSON: line 1, byte 6", Read("{\"a\":}").Problem);
        Assert.Equal("--event no.json: neither JSON nor a file", Read("no.json").Problem);
        var file = _files.Write("broken.json", "{\n  x\n}");
        Assert.Equal($"--event {file}: the file is not valid JSON: line 2, byte 3", Read(file).Problem);
    }

    static (string Content, string? Problem) Read(string? given)
    {
        var content = EventText.Read(given, out var problem);
        return (Encoding.UTF8.GetString(content.Span), problem);
    }
}
