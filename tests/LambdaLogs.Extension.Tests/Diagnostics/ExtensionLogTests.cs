using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Diagnostics;

public sealed class ExtensionLogTests
{
    readonly CollectedLines _lines = new();

    [Fact]
    public void Every_line_has_the_prefix_its_level_and_an_end()
    {
        _lines.Log.Level = ExtensionLogLevel.Debug;

        _lines.Log.Error("one");
        _lines.Log.Warn("two");
        _lines.Log.Info("three");
        _lines.Log.Debug("four");
        _lines.Log.Always("five");

        Assert.Equal(
            ["[EXTENSION] ERROR one\n", "[EXTENSION] WARN two\n", "[EXTENSION] INFO three\n", "[EXTENSION] DEBUG four\n", "[EXTENSION] five\n"],
            _lines.Written);
    }

    [Theory]
    [InlineData((int)ExtensionLogLevel.Error, 2)]
    [InlineData((int)ExtensionLogLevel.Warn, 3)]
    [InlineData((int)ExtensionLogLevel.Info, 4)]
    [InlineData((int)ExtensionLogLevel.Debug, 5)]
    public void A_level_lets_through_what_is_at_least_as_severe_and_what_is_asked_for(int level, int lines)
    {
        _lines.Log.Level = (ExtensionLogLevel)level;

        _lines.Log.Error("");
        _lines.Log.Warn("");
        _lines.Log.Info("");
        _lines.Log.Debug("");
        _lines.Log.Always("");

        Assert.Equal(lines, _lines.Written.Count);
    }

    [Fact]
    public void The_usual_level_is_info() => Assert.Equal(ExtensionLogLevel.Info, _lines.Log.Level);

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\rb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public void One_line_stays_one_line(string message)
    {
        _lines.Log.Error(message);

        Assert.Equal(["[EXTENSION] ERROR a b\n"], _lines.Written);
    }

    [Fact]
    public void Text_is_written_as_UTF8()
    {
        _lines.Log.Warn("größer 😀");

        Assert.Equal(["[EXTENSION] WARN größer 😀\n"], _lines.Written);
    }
}
