using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Rules between reader and batches: every record stays accounted for, whatever is held back.</summary>
public sealed class RulesInPipelineTests
{
    static readonly RuleOptions Joining = new() { Join = new JoinOptions { Start = "^first" } };

    static readonly RuleOptions Sampling = new() { Sample = new SampleOptions([0, 0, 0, 0]) };

    [Fact]
    public async Task Lines_that_wait_to_be_joined_are_sent_by_a_flush()
    {
        using var rig = Responded(Joining);
        Add(rig, "first", "second");
        Assert.Equal((2, 2), rig.Read(ledger => (ledger.Received, ledger.Waiting)));

        await rig.FlushAsync();
        Assert.Equal((1, 1, 0), rig.Read(ledger => (ledger.Delivered, ledger.Joined, ledger.Waiting)));
    }

    [Fact]
    public async Task Lines_that_wait_to_be_joined_go_after_200_ms_without_anything_that_asks_for_it()
    {
        using var rig = Responded(Joining);
        Add(rig, "first");
        rig.Advance(150);
        Add(rig, "second");
        rig.Advance(50);
        await rig.Destination.NextAsync();
        Assert.Equal(1, rig.Read(ledger => ledger.Joined));

        // And again for the next one.
        Add(rig, "first");
        rig.Advance(199);
        Assert.Equal(1, rig.Queue.Held);
        rig.Advance(1);
        await rig.Destination.NextAsync();
        Assert.Equal(0, rig.Queue.Held);
    }

    [Fact]
    public async Task What_sampling_holds_stays_over_a_flush_and_goes_with_the_last_one()
    {
        using var rig = Responded(Sampling);
        Add(rig, "a", "b");
        await rig.FlushAsync();
        Assert.Equal((0, 2), rig.Read(ledger => (ledger.Delivered, ledger.Waiting)));

        await rig.FlushAsync(isFinal: true);
        Assert.Equal((2, 0), rig.Read(ledger => (ledger.Delivered, ledger.Waiting)));
    }

    [Fact]
    public void What_is_held_when_the_process_ends_is_spilled()
    {
        using var rig = new PipelineRig(new PipelineOptions { SpillMaxBytes = 100_000 }, rules: Sampling with { Join = Joining.Join });
        Add(rig, "first", "second");
        rig.End();
        Assert.Equal((1, 1, 0), rig.Read(ledger => (ledger.Spilled, ledger.Joined, ledger.Waiting)));
    }

    [Fact]
    public void What_rules_do_is_counted_by_rule_and_reported_in_the_summary()
    {
        using var rig = new PipelineRig(rules: new RuleOptions
        {
            Exclude = ["health"],
            RateLimit = new RateLimitOptions(1, 2),
            Redact = new RedactOptions { Patterns = ["secret"] },
            MessageBytesMax = 64,
        });
        Add(rig, "health", "a secret", new string('x', 100), "too much");
        using (rig.Pipeline.Enter())
            Assert.EndsWith("; by rule: exclude 1, rate_limit 1, redact 1, max_message_bytes 1", rig.Pipeline.Summary());
        Assert.Equal((1, 1, 2), rig.Read(ledger => (ledger.Filtered, ledger.Sampled, ledger.Waiting)));
    }

    [Fact]
    public void Without_rules_the_summary_is_as_it_was()
    {
        using var rig = new PipelineRig();
        using (rig.Pipeline.Enter())
            Assert.Equal("received 0, delivered 0 in 0 batches (0 bytes, 0 retries), filtered 0, dropped 0, waiting 0, spilled 0", rig.Pipeline.Summary());
    }

    [Fact]
    public void Any_mixture_of_records_flushes_and_ends_balances()
    {
        var random = new Random(3);
        for (var round = 0; round < 30; round++)
        {
            using var rig = new PipelineRig(new PipelineOptions { BufferMaxBytes = 64 * 1024, BatchMaxBytes = 16 * 1024 }, rules: new RuleOptions
            {
                Join = new JoinOptions { LinesMax = 5 },
                Exclude = ["x7"],
                Sample = new SampleOptions([0.2, 0.2, 0.2, 0.2]),
                PendingBytesMax = 8 * 1024,
                RateLimit = new RateLimitOptions(50, 50),
                Redact = new RedactOptions { Presets = RedactPresets.All },
            });
            for (var step = 0; step < 200; step++)
            {
                using (rig.Pipeline.Enter())
                {
                    var request = System.Text.Encoding.UTF8.GetBytes($"request-{random.Next(4)}");
                    var isEnd = random.Next(10) == 0;
                    rig.Pipeline.Add(new LogRecord
                    {
                        Time = "2026-03-14T09:26:53.101Z"u8,
                        Message = System.Text.Encoding.UTF8.GetBytes(random.Next(3) == 0 ? "\\tat x.y(z)" : $"x{random.Next(10)}{new string('y', random.Next(600))}"),
                        LogType = isEnd ? "platform.runtimeDone"u8 : "function"u8,
                        RequestId = request,
                        Level = random.Next(30) == 0 ? LogLevel.Error : LogLevel.Info,
                        Kind = isEnd ? EventKind.RuntimeDone : EventKind.Line,
                        Status = isEnd ? PlatformStatus.Success : PlatformStatus.None,
                        IsText = !isEnd,
                    });
                    rig.Pipeline.PublishRecords();
                }

                if (random.Next(20) == 0)
                    rig.Pipeline.Drain(all: random.Next(4) == 0);
            }

            rig.End();
            var ledger = rig.Ledger;
            Assert.Equal(ledger.Received, ledger.Delivered + ledger.Filtered + ledger.Sampled + ledger.Joined + ledger.Dropped + ledger.Spilled);
        }
    }

    static PipelineRig Responded(RuleOptions rules)
    {
        var rig = new PipelineRig(rules: rules);
        rig.Destination.OnAttempt = attempt => attempt.Deliver();
        return rig;
    }

    static void Add(PipelineRig rig, params ReadOnlySpan<string> messages)
    {
        using (rig.Pipeline.Enter())
        {
            foreach (var message in messages)
            {
                var record = Some.Line(message);
                rig.Pipeline.Add(record with { IsText = true });
            }

            rig.Pipeline.PublishRecords();
        }
    }
}
