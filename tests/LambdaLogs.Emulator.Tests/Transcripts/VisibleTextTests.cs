using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Transcripts;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain \t text, ünïcödé 日本", "plain \t text, ünïcödé 日本")]
    [InlineData("\u001b[2Jgone", "\\x1B[2Jgone")]
    [InlineData("a\rb\bc\0d\u007fe\u009bf", "a\\x0Db\\x08c\\x00d\\x7Fe\\x9Bf")]
    [InlineData("\u202Eright to left", "\\u202Eright to left")]
    [InlineData("two\nlines", "two\\x0Alines")]
    public void What_would_change_the_terminal_is_shown(string text, string visible) => Assert.Equal(visible, VisibleText.Line(text));

    [Fact]
    public void Line_feeds_stay_in_text_of_several_lines() => Assert.Equal("a\nb\\x1B", VisibleText.Lines("a\nb\u001b"));
}
