using System.Text;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class LevelNamesTests
{
    [Theory]
    [InlineData(LogLevel.Trace, "TRACE Trace trce verbose VRB trac DEBUG-4")]
    [InlineData(LogLevel.Debug, "DEBUG debug dbug DBG debu debg DEBUG+1")]
    [InlineData(LogLevel.Info, "INFO info Information notice Informational INF INFO+2 INFO2")]
    [InlineData(LogLevel.Warn, "WARN warn Warning WARNING wrn WARN+1")]
    [InlineData(LogLevel.Error, "ERROR error err fail SEVERE erro EROR ERROR+4 error3")]
    [InlineData(LogLevel.Fatal, "FATAL fatal Critical crit emergency emerg alert panic ftl fata pani dpanic")]
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
    [InlineData("fine")]
    [InlineData("config")]
    [InlineData("log")]
    [InlineData("HTTP")]
    [InlineData("error5")]
    [InlineData("error+")]
    public void Any_other_word_is_none(string word) => Assert.False(LevelNames.TryParseWord(Encoding.UTF8.GetBytes(word), out _));

    [Fact]
    public void A_word_in_capitals_is_the_same_level_by_the_shortcut()
    {
        string[] words = ["INFO", "INF", "INFORMATION", "Info", "info", "WARN", "WARNING", "Warn", "ERROR", "ERRO", "error", "ERROR2", "DEBUG", "DBUG",
            "debug", "TRACE", "FATAL", "CRITICAL", "FINE", "HTTP", "UNDEFINED", "INFOS", "NONE", "WARM", ""];
        Assert.All(words, word =>
        {
            var text = Encoding.UTF8.GetBytes(word);
            var expected = LevelNames.IsCapital(text) & LevelNames.TryParseWord(text, out var level) ? level : (LogLevel?)null;
            Assert.Equal(expected, LevelNames.TryParseCapital(text, out var found) ? found : null);
        });
    }

    [Theory]
    [InlineData("fine", LogLevel.Debug)]
    [InlineData("FINEST", LogLevel.Trace)]
    [InlineData("config", LogLevel.Debug)]
    [InlineData("log", LogLevel.Info)]
    [InlineData("http", LogLevel.Debug)]
    [InlineData("silly", LogLevel.Trace)]
    [InlineData("success", LogLevel.Info)]
    [InlineData("Default", LogLevel.Info)]
    [InlineData("UNDEFINED", LogLevel.Info)]
    [InlineData("E", LogLevel.Error)]
    [InlineData("w", LogLevel.Warn)]
    internal void A_field_has_more_names_than_a_text(string name, LogLevel expected)
    {
        Assert.True(LevelNames.TryParse(Encoding.UTF8.GetBytes(name), out var level));
        Assert.Equal(expected, level);
    }
}
