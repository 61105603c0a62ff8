using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class DropReporterTests : IDisposable
{
    readonly PipelineRig _rig = new();

    [Fact]
    public async Task A_report_goes_with_the_next_lines_once_something_has_arrived()
    {
        await SendAsync(attempt => attempt.Refuse(Verdict.Rejected, 404), "one", "two");
        await SendAsync(attempt => attempt.Deliver(), "three");
        Assert.Equal(2, _rig.Destination.Attempts);

        var attempt = await SendAsync(attempt => attempt.Deliver(), "four");
        var report = Assert.Single(attempt.Records("extension.dropped"));
        Assert.Equal("""{"dropped":2,"reasons":{"rejected":2}}""", report.GetProperty("attributes").GetRawText());
        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
        Assert.Equal((5, 3, 2), _rig.Read(ledger => (ledger.Received, ledger.Delivered, ledger.Dropped)));
    }

    [Fact]
    public async Task A_report_alone_is_never_a_reason_to_send()
    {
        await SendAsync(attempt => attempt.Refuse(Verdict.Rejected, 404), "one");
        await SendAsync(attempt => attempt.Deliver(), "two");
        using (_rig.Pipeline.Enter())
            _rig.Pipeline.PublishRecords();
        await _rig.FlushAsync(isFinal: true);
        Assert.Equal(2, _rig.Destination.Attempts);
    }

    [Fact]
    public async Task A_second_report_waits_for_its_period()
    {
        await SendAsync(attempt => Reject(attempt, 1), "one", "two");
        Assert.Single((await SendAsync(attempt => Reject(attempt, 1), "three", "four")).Records("extension.dropped"));
        for (var passed = 0; passed < 60; passed += 20)
        {
            Assert.Empty((await SendAsync(attempt => attempt.Deliver(), "line")).Records("extension.dropped"));
            _rig.Advance(TimeSpan.FromSeconds(20));
        }

        // Of the three records that had one rejected it may have been the report: it counts as that.
        Assert.Empty((await SendAsync(attempt => Reject(attempt, 2), "five", "six", "seven")).Records("extension.dropped"));
        var report = Assert.Single((await SendAsync(attempt => attempt.Deliver(), "eight")).Records("extension.dropped"));
        Assert.Equal("""{"dropped":2,"reasons":{"rejected":2}}""", report.GetProperty("attributes").GetRawText());
    }

    [Fact]
    public async Task A_report_is_never_reported_on()
    {
        await SendAsync(attempt => Reject(attempt, 1), "one", "two");
        for (var round = 0; round < 10; round++)
        {
            // Whatever is in a batch with a report, the report is what is rejected.
            await SendAsync(attempt => Reject(attempt, attempt.Records("extension.dropped").Length), "line");
            _rig.Advance(TimeSpan.FromHours(1));
        }

        await _rig.FlushAsync();
        Assert.Equal((12, 11, 2), (_rig.Read(ledger => ledger.Received) - 1, _rig.Read(ledger => ledger.Delivered), _rig.Read(ledger => ledger.Dropped)));
    }

    [Fact]
    public async Task An_endpoint_that_takes_nothing_gets_no_report()
    {
        for (var round = 0; round < 5; round++)
        {
            var attempt = await SendAsync(attempt => attempt.Refuse(Verdict.Rejected, 404), "one");
            Assert.Empty(attempt.Records("extension.dropped"));
        }

        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
        Assert.Equal((5, 5), _rig.Read(ledger => (ledger.Received, ledger.Dropped)));
    }

    public void Dispose() => _rig.Dispose();

    async Task<SendAttempt> SendAsync(Action<SendAttempt> response, params string[] lines)
    {
        _rig.Add(lines);
        var attempt = await _rig.Destination.NextAsync();
        response(attempt);
        await _rig.FlushAsync();
        _rig.Pipeline.Resume();
        return attempt;
    }

    static void Reject(SendAttempt attempt, int records) =>
        attempt.Response(new SendResult(Verdict.Delivered, 200, FailureKind.None, null) { Partial = new PartialResponse { Rejected = records, Reason = "no" } });
}
