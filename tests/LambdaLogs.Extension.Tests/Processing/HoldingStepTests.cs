using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing;

/// <summary>Rules that hold lines, and the one that cuts them, take steps by the byte, whatever the lines are: counted, not measured by a clock.</summary>
public sealed class HoldingStepTests
{
    public static TheoryData<string> Lines =>
    [
        "    at a.b(C.java:1)", "Caused by: x", "a.b.Error", " ", "\t", "app/a.rb:1:in 'x'", "Traceback (most recent call last):", "goroutine 1 [running]:", "x.y.z (a):", "/a/b.js:1",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Lines_that_may_belong_together(string line) => LinearSteps.Holds(line, 64, size => Adding(
        new RuleOptions { Join = new JoinOptions() }, ["java.lang.IllegalStateException: x", .. Enumerable.Repeat(line, size / (line.Length + 60))]));

    [Theory]
    [MemberData(nameof(Lines))]
    public void Long_lines_that_may_belong_together(string line) => LinearSteps.Holds(line, 64, size => Adding(
        new RuleOptions { Join = new JoinOptions() }, ["java.lang.IllegalStateException: x", LinearSteps.Repeated(line, size), line, LinearSteps.Repeated(line, size)]));

    [Theory]
    [MemberData(nameof(Lines))]
    public void Lines_that_are_held_for_sampling(string line) => LinearSteps.Holds(line, 400, size => Adding(
        new RuleOptions { Sample = new SampleOptions([0, 0, 0, 0]), PendingBytesMax = 3000 },
        [.. Enumerable.Range(0, size / (line.Length + 60)).Select(index => $"{index} {line}")],
        invocations: 200));

    [Theory]
    [MemberData(nameof(Lines))]
    public void Lines_of_one_invocation_that_are_held_for_sampling(string line) => LinearSteps.Holds(line, 64, size => Adding(
        new RuleOptions { Sample = new SampleOptions([0, 0, 0, 0]), PendingBytesMax = 3000 }, [.. Enumerable.Repeat(line, size / (line.Length + 60))]));

    [Theory]
    [InlineData("a")]
    [InlineData("\\")]
    [InlineData("\"")]
    [InlineData("\0")]
    [InlineData("é")]
    [InlineData("名")]
    [InlineData("😀")]
    [InlineData("\\\"")]
    [InlineData("a\\")]
    [InlineData("\u0001a")]
    public void A_message_that_is_cut(string piece) => LinearSteps.Holds(piece, 64, size => Adding(
        new RuleOptions { MessageBytesMax = size / 2 }, [LinearSteps.Repeated(piece, size)]));

    static Action Adding(RuleOptions options, string[] lines, int invocations = 1)
    {
        var rig = new RuleRig(options);
        return () =>
        {
            for (var index = 0; index < lines.Length; index++)
                rig.Line(lines[index], LogLevel.Info, $"request-{index % invocations}");
            rig.Drain();
        };
    }
}
