using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class LogPipelineTests : IDisposable
{
    readonly PipelineRig _rig = new();

    [Fact]
    public async Task A_body_goes_in_as_one_step()
    {
        using (_rig.Pipeline.Enter())
        {
            _rig.Pipeline.Add(Some.Line("one"));
            _rig.Pipeline.PublishRecords();
            // The pump is awake and could send, had the body not still more to add.
            _rig.Pipeline.Add(Some.Line("two"));
            _rig.Pipeline.PublishRecords();
        }

        Assert.Equal(["one", "two"], (await _rig.Destination.NextAsync()).Messages);
    }

    [Fact]
    public void What_is_filtered_is_counted_and_starts_nothing()
    {
        using (_rig.Pipeline.Enter())
        {
            _rig.Pipeline.Add(Some.FilteredEvent());
            _rig.Pipeline.PublishRecords();
        }

        Assert.Equal((1, 1, 0), _rig.Read(ledger => (ledger.Received, ledger.Filtered, ledger.Waiting)));
        Assert.False(_rig.Queue.HasWaiting);
    }

    [Fact]
    public async Task A_record_of_our_own_goes_the_same_way()
    {
        _rig.Pipeline.AddOwn(new OwnRecord { LogType = "extension.shutdown", Level = LogLevel.Error, Message = "over" });

        var attempt = await _rig.Destination.NextAsync();

        Assert.Equal("over", Assert.Single(attempt.Records("extension.shutdown")).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_costs_only_itself_and_is_said_once()
    {
        using (_rig.Pipeline.Enter())
        {
            for (var count = 0; count < 3; count++)
            {
                // A type so long breaks what the reader promises: it stands for a fault of any kind.
                _rig.Pipeline.Add(new LogRecord { Time = "2026-03-14T09:26:53.101Z"u8, Message = "m"u8, LogType = new byte[1_000_000] });
                _rig.Pipeline.PublishRecords();
            }

            Assert.False(_rig.Queue.HasWaiting);
            _rig.Pipeline.Add(Some.Line("fine"));
            _rig.Pipeline.PublishRecords();
        }

        Assert.Equal(["fine"], (await _rig.Destination.NextAsync()).Messages);
        Assert.Equal((4, 3, 1), _rig.Read(ledger => (ledger.Received, ledger.DroppedFor(DropReason.Fault), ledger.Waiting)));
        Assert.Single(_rig.Lines.With("a record could not be written"));
    }

    [Fact]
    public void What_still_waits_at_the_end_is_given_up_and_counted()
    {
        _rig.Pause();
        _rig.Add("one", "two");

        _rig.End();

        Assert.Equal((2, 0), _rig.Read(ledger => (ledger.DroppedFor(DropReason.Shutdown), ledger.Waiting)));
        Assert.Null(_rig.Store.Content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_response_after_the_end_changes_nothing_any_more(bool delivered)
    {
        _rig.Add("one");
        var attempt = await _rig.Destination.NextAsync();
        _rig.End();
        Assert.Equal((1, 0), _rig.Read(ledger => (ledger.DroppedFor(DropReason.Shutdown), ledger.Waiting)));

        if (delivered)
            attempt.Deliver();
        else
            attempt.Throw(new InvalidOperationException());

        // The pump is alive: it takes what comes next.
        _rig.Advance(1000);
        _rig.Add("two");
        Assert.Equal(["two"], (await _rig.Destination.NextAsync()).Messages);
        Assert.Equal((2, 1, 0, 1), _rig.Read(ledger => (ledger.Received, ledger.Dropped, ledger.Delivered, ledger.Waiting)));
    }

    public void Dispose() => _rig.Dispose();
}
