using System.Text;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class LevelNamesTests
{
    [Theory]
    [InlineData(LogLevel.Trace, "TRACE Trace trce verbose")]
    [InlineData(LogLevel.Debug, "DEBUG debug dbug")]
    [InlineData(LogLevel.Info, "INFO info Information notice")]
    [InlineData(LogLevel.Warn, "WARN warn Warning WARNING")]
    [InlineData(LogLevel.Error, "ERROR error err fail SEVERE")]
    [InlineData(LogLevel.Fatal, "FATAL fatal Critical crit emergency emerg alert panic")]
    internal void A_level_has_many_names(LogLevel expected, string names) => Assert.All(names.Split(' '), name =>
    {
        Assert.True(LevelNames.TryParse(Encoding.UTF8.GetBytes(name), out var level));
        Assert.Equal(expected, level);
    });

    [Theory]
    [InlineData("")]
    [InlineData("in")]
    [InlineData("infos")]
    [InlineData("errors")]
    [InlineData("informations")]
    [InlineData("undefined")]
    public void Any_other_word_is_none(string word) => Assert.False(LevelNames.TryParse(Encoding.UTF8.GetBytes(word), out _));

    [Theory]
    [InlineData("10", LogLevel.Trace)]
    [InlineData("20", LogLevel.Debug)]
    [InlineData("30", LogLevel.Info)]
    [InlineData("35", LogLevel.Info)]
    [InlineData("40", LogLevel.Warn)]
    [InlineData("50", LogLevel.Error)]
    [InlineData("60", LogLevel.Fatal)]
    internal void A_number_is_a_level_as_pino_counts(string number, LogLevel expected)
    {
        Assert.True(LevelNames.TryParseNumber(Encoding.UTF8.GetBytes(number), out var level));
        Assert.Equal(expected, level);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("61")]
    [InlineData("70")]
    [InlineData("100")]
    [InlineData("3.")]
    [InlineData("-5")]
    public void Any_other_number_is_none(string number) => Assert.False(LevelNames.TryParseNumber(Encoding.UTF8.GetBytes(number), out _));
}
