using FsCheck.Fluent;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Joining;

public sealed class LineJoinerTests
{
    static readonly RuleOptions ByStart = new() { Join = new JoinOptions { Start = @"^\d{4}-" } };

    [Fact]
    public void Lines_that_do_not_match_the_start_belong_to_the_one_before()
    {
        var rig = new RuleRig(ByStart);
        foreach (var line in (string[])["2026-01 a", "b", "\tc", "2026-02 d", "2026-03 e"])
            rig.Line(line);
        rig.Drain();
        Assert.Equal(["2026-01 a\\nb\\n\\tc", "2026-02 d", "2026-03 e"], rig.Messages);
    }

    [Fact]
    public void Lines_of_other_requests_and_streams_are_never_joined()
    {
        var rig = new RuleRig(ByStart);
        rig.Line("2026-01 a");
        rig.Line("b", request: "request-2");
        rig.Line("c", type: "extension", request: "request-2");
        rig.Line("d", request: "request-2");
        rig.Drain();
        Assert.Equal(["2026-01 a", "b", "c", "d"], rig.Messages);
    }

    [Fact]
    public void What_came_as_fields_is_never_joined_and_keeps_its_place()
    {
        var rig = new RuleRig(ByStart);
        rig.Line("2026-01 a");
        rig.Line("b", attributes: """{"x":1}""");
        rig.Line("c");
        rig.Drain();
        Assert.Equal(["2026-01 a", "b", "c"], rig.Messages);
    }

    [Fact]
    public void A_platform_event_parts_what_stands_before_it_from_what_follows()
    {
        var rig = new RuleRig(ByStart);
        rig.Line("2026-01 a");
        rig.Event(EventKind.RuntimeDone);
        Assert.Equal(["2026-01 a"], rig.Messages);
    }

    [Fact]
    public void A_record_has_the_most_severe_level_of_its_lines()
    {
        var rig = new RuleRig(ByStart);
        rig.Line("2026-01 a");
        rig.Line("b", LogLevel.Error);
        rig.Line("c", LogLevel.Debug);
        rig.Drain();
        Assert.Equal(LogLevel.Error, Assert.Single(rig.Kept).Level);
    }

    [Fact]
    public void A_record_is_bounded_in_lines_and_bytes()
    {
        var rig = new RuleRig(new RuleOptions { Join = new JoinOptions { Start = "^never$", LinesMax = 4, BytesMax = 1000 } });
        for (var number = 0; number < 10; number++)
            rig.Line($"{number}");
        rig.Line(new string('x', 990));
        rig.Line("y");
        rig.Drain();
        Assert.Equal(["0\\n1\\n2\\n3", "4\\n5\\n6\\n7", "8\\n9", new string('x', 990), "y"], rig.Messages);
    }

    [Fact]
    public void How_long_it_may_wait_counts_from_the_first_line()
    {
        var rig = new RuleRig(ByStart);
        Assert.Null(rig.Rules.PendingTimeLeft);
        rig.Line("2026-01 a");
        rig.Clock.Advance(TimeSpan.FromMilliseconds(150));
        rig.Line("b");
        Assert.Equal(TimeSpan.FromMilliseconds(50), rig.Rules.PendingTimeLeft);
        rig.Drain(all: false);
        Assert.Null(rig.Rules.PendingTimeLeft);
    }

    [Fact]
    public void Joining_never_loses_or_reorders_a_line()
    {
        var lines = Gen.Elements(
            "plain", "\tat x.Y.z(Y.java:1)", "Caused by: x", "Traceback (most recent call last):", "  File \"x\"", "KeyError: 'x'", "", "java.lang.Error",
            "panic: x", "goroutine 1 [running]:", "main.main()", "/a/b.js:3", "^", "}", "drain", "done", "object");
        var inputs = Gen.ListOf(Gen.Zip(lines, Gen.Choose(0, 5)), 60);
        ReadingProperty.Holds(inputs, input =>
        {
            var rig = new RuleRig(new RuleOptions { Join = new JoinOptions { LinesMax = 7 } });
            var expected = new List<string>();
            foreach (var ((line, who), index) in input.Select((pair, index) => (pair, index)))
            {
                if (line == "drain")
                    rig.Drain(all: who > 2);
                else if (line == "done")
                    rig.Event(EventKind.RuntimeDone, request: $"r{who / 2}");
                else
                {
                    expected.Add($"{line} {index} {who / 2} {who % 2}");
                    rig.Line(expected[^1], who == 5 ? LogLevel.Error : LogLevel.Info, $"r{who / 2}", who % 2 == 0 ? "function" : "extension", line == "object" ? "{}" : "");
                }
            }

            rig.Drain();
            Assert.Equal(expected, rig.Messages.Select(RuleRig.Unescape).SelectMany(message => message.Split('\n')));
            // The owner of every part is that of the record.
            Assert.All(rig.Kept, record => Assert.All(RuleRig.Unescape(record.Message).Split('\n'), part => Assert.EndsWith($" {record.RequestId[1..]} {(record.LogType == "function" ? 0 : 1)}", part)));
            return true;
        });
    }
}
