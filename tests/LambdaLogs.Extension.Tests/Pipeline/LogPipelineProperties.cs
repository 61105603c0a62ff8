using FsCheck;
using FsCheck.Fluent;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class LogPipelineProperties
{
    const int BatchRecords = 4;

    static readonly Verdict[] Verdicts = [Verdict.Delivered, Verdict.Retry, Verdict.TooLarge, Verdict.Rejected, Verdict.Unauthorized];

    /// <summary>
    /// A line is overtaken only where its batch is under search: where so many bodies have failed that held it, or one that was in the same
    /// batch before it.
    /// </summary>
    [Fact]
    public void Whatever_the_endpoint_responses_every_line_arrives_once_or_is_counted_in_order_but_for_batches_under_search()
    {
        var cases =
            from responses in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Choose(2, 5))).ListOf(40)
            from bodies in Gen.Choose(0, 7).ListOf(12)
            select (Responses: responses.ToArray(), Bodies: bodies.ToArray());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(cases.ToArbitrary(), one => Run(one.Responses, one.Bodies)));
    }

    static void Run(int[] responses, int[] bodies)
    {
        using var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.Zero, BatchMaxRecords = BatchRecords });
        var arrived = new List<string>();
        var failures = new Dictionary<int, int>();
        var failuresAt = new List<(int Line, Dictionary<int, int> Failures)>();
        var asked = 0;
        rig.Destination.OnAttempt = attempt =>
        {
            var response = asked < responses.Length ? responses[asked++] : 0;
            if (response == 0)
            {
                arrived.AddRange(attempt.Messages);
                failuresAt.AddRange(attempt.Messages.Where(IsLine).Select(message => (int.Parse(message), failures.ToDictionary())));
            }
            else if (response is 1 or 5 && attempt.Messages.FirstOrDefault(IsLine) is { } first)
            {
                failures[int.Parse(first)] = failures.GetValueOrDefault(int.Parse(first)) + 1;
            }

            if (response < Verdicts.Length)
                attempt.Refuse(Verdicts[response], 200 + response);
            else
                attempt.Throw(new InvalidOperationException());
        };

        var line = 0;
        foreach (var count in bodies)
            rig.Add([.. Enumerable.Range(0, count).Select(_ => $"{line++:0000}")]);
        while (rig.Read(ledger => ledger.Waiting) > 0)
        {
            rig.Advance(1000);
            Thread.Yield();
        }

        var lines = arrived.Where(IsLine).ToArray();
        Assert.Equal(lines.Distinct().Count(), lines.Length);
        Assert.Equal(rig.Read(ledger => ledger.Received), rig.Read(ledger => ledger.Delivered + ledger.Dropped));
        Assert.Equal(arrived.Count, rig.Read(ledger => ledger.Delivered));
        for (var at = 0; at < failuresAt.Count; at++)
        {
            foreach (var (overtaken, _) in failuresAt.Skip(at + 1).Where(later => later.Line < failuresAt[at].Line))
            {
                var ofBatch = Enumerable.Range(overtaken - BatchRecords + 1, BatchRecords).Sum(one => failuresAt[at].Failures.GetValueOrDefault(one));
                Assert.True(ofBatch >= PoisonSearch.FailuresBeforeOther, $"{failuresAt[at].Line} overtook {overtaken}, of whose batch {ofBatch} bodies had failed");
            }
        }
    }

    static bool IsLine(string message) => char.IsAsciiDigit(message[0]) && message.Length == 4;
}
