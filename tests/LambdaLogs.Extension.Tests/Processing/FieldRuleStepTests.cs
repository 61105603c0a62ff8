using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing;

/// <summary>Rules about fields take steps by the byte, whatever the fields are: counted, not measured by a clock.</summary>
public sealed class FieldRuleStepTests
{
    static readonly int[] Sizes = [4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    public static TheoryData<string> Members =>
    [
        "\"a\":1", "\"a\":{\"a\":{\"a\":{\"a\":1}}}", "\"a\":[[[[]]]]", "\"logger\":\"shop\"", "\"\":\"\"", "\"a\":{}", "\"a\":\"\\\"\\\"\\\"\"", "\"name\":{\"name\":1}", "\"a\":{\"b\":\"x\"}", "\"category\":\"a.b.c\"",
    ];

    [Theory]
    [MemberData(nameof(Members))]
    public void Dropped_and_renamed_fields(string member) => IsLinear(member, new RuleOptions
    {
        Fields = new FieldRuleOptions { Dropped = [.. Enumerable.Range(1, 8).Select(depth => string.Join('.', Enumerable.Repeat("a", depth)) + ".z")], Renamed = [new("a", "b")] },
    });

    [Theory]
    [MemberData(nameof(Members))]
    public void Levels_of_loggers(string member) => IsLinear(member, new RuleOptions
    {
        Levels = new LevelOptions { Loggers = [new("shop", LogLevel.Debug), new("a.b", LogLevel.Warn)] },
    });

    static void IsLinear(string member, RuleOptions options)
    {
        var before = 0L;
        foreach (var size in Sizes)
        {
            var attributes = "{" + string.Join(',', Enumerable.Repeat(member, size / member.Length)) + "}";
            var rig = new RuleRig(options);
            var start = ScanSteps.Count;
            rig.Line("x", attributes: attributes);
            var now = ScanSteps.Count - start;
            Assert.True(now <= 12L * size, $"{now} steps for {size} bytes");
            Assert.True(before == 0 || now <= (before * 4.4) + 4096, $"{before} steps grew to {now} for {size} bytes");
            before = now;
        }
    }
}
