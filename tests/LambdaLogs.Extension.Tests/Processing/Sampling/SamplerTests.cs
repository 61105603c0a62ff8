using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Sampling;

public sealed class SamplerTests
{
    static readonly SampleOptions None = new([0, 0, 0, 0]);

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_is_kept_over_10_000_invocations_and_each_is_whole_or_absent(double rate)
    {
        const int Invocations = 10_000;
        var rig = new RuleRig(new RuleOptions { Sample = new([rate, rate, rate, rate]) });
        for (var number = 0; number < Invocations; number++)
        {
            var request = new Guid(number, 0x4a96, 7, [9, 8, 7, 6, 5, 4, 3, 2]).ToString();
            rig.Line("one", request: request);
            rig.Line("two", LogLevel.Debug, request: request);
            rig.Event(EventKind.RuntimeDone, request: request);
            rig.Event(EventKind.Report, request: request);
        }

        Assert.All(rig.Kept.GroupBy(record => record.RequestId), invocation => Assert.Equal(["one", "two", "Report"], invocation.Select(record => record.Message)));
        var kept = rig.Kept.Count / 3;
        var deviation = Math.Sqrt(Invocations * rate * (1 - rate));
        Assert.InRange(kept, (Invocations * rate) - (4 * deviation), (Invocations * rate) + (4 * deviation));
        Assert.Equal(0, rig.Rules.PendingCount);
    }

    [Fact]
    public void What_is_left_out_waits_for_the_end_of_its_invocation()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Line("a");
        rig.Line("b");
        Assert.Equal(2, rig.Rules.PendingCount);
        rig.Event(EventKind.RuntimeDone);
        rig.Event(EventKind.Report);
        rig.Line("late");
        Assert.Empty(rig.Kept);
        // The three lines and the report; the default does not forward the end of a success anyway.
        Assert.Equal((4, 1), (rig.RemovedBy(Rule.Sample), rig.RemovedBy(Rule.Events)));
    }

    [Fact]
    public void An_error_makes_the_invocation_whole_in_order()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Line("a");
        rig.Line("other", request: "request-2");
        rig.Line("b", LogLevel.Debug);
        rig.Line("bad", LogLevel.Error);
        rig.Line("c");
        rig.Event(EventKind.Report);
        Assert.Equal(["a", "b", "bad", "c", "Report"], rig.Messages);
        Assert.Equal(1, rig.Rules.PendingCount);
    }

    [Theory]
    [InlineData(PlatformStatus.Error)]
    [InlineData(PlatformStatus.Timeout)]
    [InlineData(PlatformStatus.Failure)]
    internal void An_invocation_that_ends_badly_is_whole(PlatformStatus status)
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Line("a");
        rig.Event(EventKind.RuntimeDone, status);
        rig.Line("late");
        rig.Event(EventKind.Report);
        Assert.Equal(["a", "RuntimeDone", "late", "Report"], rig.Messages);
    }

    [Fact]
    public void An_attempt_that_ends_well_after_one_that_failed_is_left_out()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Line("first");
        rig.Event(EventKind.RuntimeDone, PlatformStatus.Error);
        rig.Event(EventKind.Report, PlatformStatus.Error);
        rig.Event(EventKind.Start);
        rig.Line("second");
        rig.Event(EventKind.RuntimeDone);
        rig.Event(EventKind.Report);
        Assert.Equal(["first", "RuntimeDone", "Report"], rig.Messages);
    }

    [Fact]
    public void An_attempt_that_fails_after_one_that_ended_well_is_whole()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Line("first");
        rig.Event(EventKind.RuntimeDone);
        rig.Event(EventKind.Start);
        rig.Line("second");
        rig.Event(EventKind.RuntimeDone, PlatformStatus.Error);
        Assert.Equal(["second", "RuntimeDone"], rig.Messages);
    }

    [Fact]
    public void A_start_that_comes_twice_begins_no_attempt()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Event(EventKind.Start);
        rig.Line("bad", LogLevel.Error);
        rig.Event(EventKind.Start);
        rig.Line("behind it");
        Assert.Equal(["bad", "behind it"], rig.Messages.Where(message => message != "Start"));
    }

    [Fact]
    public void An_end_that_is_not_forwarded_counts_all_the_same()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None }, PlatformEventSet.None);
        rig.Line("a");
        rig.Event(EventKind.RuntimeDone, PlatformStatus.Timeout);
        Assert.Equal(["a"], rig.Messages);
    }

    [Fact]
    public void An_invocation_that_was_not_seen_to_end_is_whole_when_the_process_ends()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Line("a");
        rig.Drain(all: false);
        Assert.Empty(rig.Kept);
        rig.Drain();
        Assert.Equal(["a"], rig.Messages);
    }

    [Fact]
    public void What_belongs_to_no_invocation_passes()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        rig.Line("init", request: "");
        rig.Event(EventKind.InitReport, request: "");
        rig.Line("unreadable", type: "extension.unreadable");
        Assert.Equal(["init", "InitReport", "unreadable"], rig.Messages);
    }

    [Fact]
    public void Each_level_has_its_share_of_the_same_draw()
    {
        var rig = new RuleRig(new RuleOptions { Sample = new([0.01, 0.05, 0.3, 1]) });
        for (var number = 0; number < 2000; number++)
        {
            var request = $"request-{number}";
            foreach (var level in (LogLevel[])[LogLevel.Trace, LogLevel.Debug, LogLevel.Info, LogLevel.Warn])
                rig.Line(level.ToString(), level, request);
            rig.Event(EventKind.RuntimeDone, request: request);
        }

        Assert.Equal(2000, rig.Messages.Count(message => message == "Warn"));
        Assert.InRange(rig.Messages.Count(message => message == "Info"), 500, 700);
        Assert.InRange(rig.Messages.Count(message => message == "Debug"), 60, 140);
        // An invocation that shows its traces shows the rest as well.
        Assert.All(rig.Kept.GroupBy(record => record.RequestId).Where(one => one.Any(record => record.Level == LogLevel.Trace)), one => Assert.Equal(4, one.Count()));
    }

    [Fact]
    public void What_is_held_is_bounded_and_the_newest_stays()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None, PendingBytesMax = 2500 });
        for (var number = 0; number < 100; number++)
            rig.Line($"line {number}");
        rig.Line("bad", LogLevel.Error);
        Assert.Equal("bad", rig.Kept[^1].Message);
        Assert.Equal("line 99", rig.Kept[^2].Message);
        Assert.InRange(rig.Kept.Count, 10, 25);
    }

    [Fact]
    public void Many_invocations_at_once_are_kept_apart_and_bounded_in_number()
    {
        var rig = new RuleRig(new RuleOptions { Sample = None });
        for (var number = 0; number < 1000; number++)
            rig.Line($"line {number}", request: $"request-{number}");
        Assert.Equal(128, rig.Rules.PendingCount);
        rig.Event(EventKind.RuntimeDone, PlatformStatus.Error, "request-950");
        Assert.Equal(["line 950", "RuntimeDone"], rig.Messages);
    }
}
