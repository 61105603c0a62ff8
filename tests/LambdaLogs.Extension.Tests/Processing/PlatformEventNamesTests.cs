using LambdaLogs.Extension.Processing;

namespace LambdaLogs.Extension.Tests.Processing;

public sealed class PlatformEventNamesTests
{
    [Theory]
    [InlineData("report", PlatformEventSet.Report)]
    [InlineData("platform.report", PlatformEventSet.Report)]
    [InlineData("INITREPORT", PlatformEventSet.InitReport)]
    [InlineData("runtimeDone", PlatformEventSet.RuntimeDone)]
    [InlineData("runtimeDone-unless-success", PlatformEventSet.RuntimeDoneUnlessSuccess)]
    [InlineData("logsSubscription", PlatformEventSet.Subscription)]
    [InlineData("unknown", PlatformEventSet.Unknown)]
    [InlineData("default", PlatformEventSet.Default)]
    [InlineData("all", PlatformEventSet.All)]
    [InlineData("None", PlatformEventSet.None)]
    internal void A_word_stands_for_events(string word, PlatformEventSet expected)
    {
        Assert.True(PlatformEventNames.TryParse(word, out var events));
        Assert.Equal(expected, events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("platform.")]
    [InlineData("reports")]
    [InlineData("a word that is much longer than any name of an event could be")]
    public void Any_other_word_is_refused(string word) => Assert.False(PlatformEventNames.TryParse(word, out _));

    [Fact]
    public void Every_event_has_a_word()
    {
        string[] others = ["RuntimeDoneUnlessSuccess", "ExtensionState", "Subscription"];
        Assert.All(Enum.GetNames<PlatformEventSet>().Except(others), word =>
        {
            Assert.True(PlatformEventNames.TryParse(word, out var events));
            Assert.Equal(Enum.Parse<PlatformEventSet>(word), events);
        });
    }
}
