using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Levels;

public sealed class LevelRuleTests
{
    [Fact]
    public void Lines_below_the_level_are_left_out_and_counted()
    {
        var rig = Rig(LogLevel.Warn);
        foreach (var level in Enum.GetValues<LogLevel>())
            rig.Line(level.ToString(), level);

        Assert.Equal(["Warn", "Error", "Fatal"], rig.Messages);
        Assert.Equal(3, rig.RemovedBy(Rule.Level));
    }

    [Theory]
    [InlineData("""{"logger":"Microsoft.Hosting"}""", false)]
    [InlineData("""{"loggerName":"microsoft"}""", false)]
    [InlineData("""{"Category":"Microsoft.AspNetCore.Routing"}""", true)]
    [InlineData("""{"SourceContext":"MicrosoftOther"}""", true)]
    [InlineData("""{"name":"pino"}""", true)]
    [InlineData("""{"logger":{"name":"Microsoft"}}""", true)]
    [InlineData("""{"name":"Microsoft","logger":"mine"}""", true)]
    [InlineData("", true)]
    public void The_level_of_a_logger_holds_for_it_and_those_below_and_the_longest_name_counts(string attributes, bool kept)
    {
        var rig = Rig(LogLevel.Info, new("Microsoft", LogLevel.Warn), new("Microsoft.AspNetCore", LogLevel.Debug));
        rig.Line("x", LogLevel.Info, attributes: attributes);
        Assert.Equal(kept ? 1 : 0, rig.Kept.Count);
    }

    [Fact]
    public void A_line_whose_level_is_not_understood_is_never_left_out()
    {
        var rig = Rig(LogLevel.Fatal, new KeyValuePair<string, LogLevel>("Microsoft", LogLevel.Fatal));
        rig.Add(Some.Line("x") with { LevelOrigin = LevelOrigin.Unrecognized });
        rig.Add(Some.Line("y") with { LevelOrigin = LevelOrigin.Unrecognized, Attributes = "{\"logger\":\"Microsoft\"}"u8 });
        rig.Add(Some.Line("z"));
        Assert.Equal(["x", "y"], rig.Messages);
    }

    [Fact]
    public void Events_and_what_the_extension_tells_are_not_held_against_levels()
    {
        var rig = Rig(LogLevel.Fatal);
        rig.Event(EventKind.Report);
        rig.Line("unreadable", LogLevel.Warn, type: "extension.unreadable");
        rig.Line("another extension", type: "extension");
        Assert.Equal(["Report", "unreadable"], rig.Messages);
    }

    static RuleRig Rig(LogLevel least, params KeyValuePair<string, LogLevel>[] loggers) =>
        new(new RuleOptions { Levels = new LevelOptions { Minimum = least, Loggers = loggers } });
}
