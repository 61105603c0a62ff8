using FsCheck;
using FsCheck.Fluent;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class LogPipelineProperties
{
    static readonly Verdict[] Verdicts = [Verdict.Delivered, Verdict.Retry, Verdict.TooLarge, Verdict.Rejected, Verdict.Unauthorized];

    [Fact]
    public void Whatever_the_endpoint_answers_every_line_arrives_once_or_is_counted()
    {
        var cases =
            from responses in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Choose(2, 5))).ListOf(40)
            from bodies in Gen.Choose(0, 7).ListOf(12)
            select (Responses: responses.ToArray(), Bodies: bodies.ToArray());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(cases.ToArbitrary(), one => Run(one.Responses, one.Bodies)));
    }

    static void Run(int[] responses, int[] bodies)
    {
        using var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.Zero, BatchMaxRecords = 4 });
        var arrived = new List<string>();
        var asked = 0;
        rig.Destination.OnAttempt = attempt =>
        {
            var response = asked < responses.Length ? responses[asked++] : 0;
            if (response == 0)
                arrived.AddRange(attempt.Messages);
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

        var lines = arrived.Where(message => char.IsAsciiDigit(message[0]) && message.Length == 4).ToArray();
        Assert.Equal(lines.Distinct().Count(), lines.Length);
        Assert.Equal(rig.Read(ledger => ledger.Received), rig.Read(ledger => ledger.Delivered + ledger.Dropped));
        Assert.Equal(arrived.Count, rig.Read(ledger => ledger.Delivered));
    }
}
