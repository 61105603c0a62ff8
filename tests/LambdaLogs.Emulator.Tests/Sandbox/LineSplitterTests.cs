using System.Text;
using LambdaLogs.Emulator.Sandbox;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class LineSplitterTests
{
    readonly List<string> _lines = [];
    readonly LineSplitter _splitter;

    public LineSplitterTests() => _splitter = new LineSplitter(line => _lines.Add(Encoding.UTF8.GetString(line.Span)));

    [Fact]
    public void Lines_keep_their_line_feed_wherever_the_stream_was_cut()
    {
        _splitter.Add("one\ntw"u8);
        _splitter.Add("o\n\nthr"u8);
        Assert.Equal(["one\n", "two\n", "\n"], _lines);
    }

    [Fact]
    public void What_is_left_at_the_end_is_a_line()
    {
        _splitter.Add("rest"u8);
        _splitter.End();
        _splitter.End();
        Assert.Equal(["rest"], _lines);
    }
}
