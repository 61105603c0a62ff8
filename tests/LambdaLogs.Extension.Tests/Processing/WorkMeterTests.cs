using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing;

public sealed class WorkMeterTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public void A_record_may_take_steps_by_its_size()
    {
        var work = new WorkMeter(new WorkLimits { RecordSteps = 100, StepsPerByte = 2 }, _clock);
        work.BeginRecord(10);
        work.Count(119);
        Assert.False(work.IsSpent);
        work.Count(1);
        Assert.True(work.IsSpent);
        work.BeginRecord(10);
        Assert.False(work.IsSpent);
    }

    [Fact]
    public void All_records_of_a_body_share_a_bound_and_the_next_body_has_its_own()
    {
        var work = new WorkMeter(new WorkLimits { RecordSteps = 100, BodySteps = 150 }, _clock);
        work.BeginRecord(0);
        work.Count(90);
        work.BeginRecord(0);
        work.Count(59);
        Assert.False(work.IsSpent);
        work.Count(1);
        Assert.True(work.IsSpent);
        work.BeginRecord(0);
        Assert.True(work.IsSpent);
        work.BeginBody();
        work.BeginRecord(0);
        Assert.False(work.IsSpent);
    }

    [Fact]
    public void A_body_that_takes_too_long_on_a_slow_machine_is_given_up_as_well()
    {
        var work = new WorkMeter(new WorkLimits { BodyTime = TimeSpan.FromMilliseconds(250) }, _clock);
        work.BeginRecord(1 << 20);
        work.Count(200_000);
        Assert.False(work.IsSpent);
        _clock.Advance(TimeSpan.FromMilliseconds(251));
        work.Count(200_000);
        Assert.True(work.IsSpent);
    }

    [Fact]
    public void A_record_beyond_its_bound_is_redacted_whole_and_counted()
    {
        var rig = new RuleRig(new RuleOptions
        {
            Redact = new RedactOptions { Patterns = [".*?end|."], Keys = ["password"] },
            Work = new WorkLimits { RecordSteps = 2000, StepsPerByte = 10 },
        });
        rig.Line(new string('x', 5000) + "secret", attributes: """{"password":"hunter2"}""");
        rig.Line("short");
        Assert.Equal("[redacted completely: 5028 bytes: it takes too much work to look for what must not be shown]", rig.Kept[0].Message);
        Assert.Equal("", rig.Kept[0].Attributes);
        Assert.Equal((1, 1), (rig.ChangedBy(Rule.RedactWhole), rig.ChangedBy(Rule.Redact)));
    }

    [Fact]
    public void A_line_for_which_a_filter_takes_too_much_work_goes_on_with_a_mark()
    {
        var rig = new RuleRig(new RuleOptions
        {
            Exclude = ["a[ab]{20}c$"],
            Work = new WorkLimits { RecordSteps = 100, StepsPerByte = 2 },
        });
        var random = new Random(1);
        rig.Line(string.Concat(Enumerable.Range(0, 3000).Select(_ => random.Next(2) == 0 ? 'a' : 'b')));
        Assert.Equal("""{"logs_unfiltered":true}""", Assert.Single(rig.Kept).Attributes);
        Assert.Equal(1, rig.ChangedBy(Rule.Unfiltered));
    }

    [Fact]
    public void What_nobody_understands_redacts_lines_whole_but_not_what_the_platform_reports()
    {
        var rig = new RuleRig(new RuleOptions { Redact = new RedactOptions { InvalidVariable = "LOGS_REDACT_KEYS" } });
        rig.Line("password hunter2");
        rig.Event(LambdaLogs.Extension.Records.EventKind.Report);
        Assert.Equal(["[redacted completely: 16 bytes: LOGS_REDACT_KEYS is not understood]", "Report"], rig.Messages);
    }
}
