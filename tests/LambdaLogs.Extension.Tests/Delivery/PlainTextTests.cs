using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \r\n\t ", "")]
    [InlineData(" a\r\n\r\n  b\u0000c\u001b[31m ", "a b c [31m")]
    [InlineData("a\u2028b\u202Ec\u0085d", "a b c d")]
    [InlineData("grün 日本 🙂", "grün 日本 🙂")]
    public void A_text_becomes_one_printable_line(string text, string expected) => Assert.Equal(expected, PlainText.OneLine(text));

    [Fact]
    public void A_long_text_is_cut_with_a_mark()
    {
        var line = PlainText.OneLine(new string('x', 5000));

        Assert.Equal(new string('x', 199) + "…", line);
    }

    [Fact]
    public void A_text_of_the_longest_length_is_not_cut() => Assert.Equal(new string('x', 200), PlainText.OneLine(new string('x', 200)));

    [Fact]
    public void A_character_is_never_cut_in_two()
    {
        for (var length = 2; length < 12; length++)
        {
            var line = PlainText.OneLine("a🙂🙂🙂🙂🙂🙂🙂", length);

            Assert.True(line.Length <= length);
            Assert.EndsWith("…", line, StringComparison.Ordinal);
            Assert.DoesNotContain("\uFFFD", line, StringComparison.Ordinal);
            Assert.All(line.EnumerateRunes(), rune => Assert.NotEqual(0xFFFD, rune.Value));
        }
    }

    [Fact]
    public void A_lone_surrogate_becomes_a_replacement() => Assert.Equal("a\uFFFDb", PlainText.OneLine("a\ud83db"));
}
