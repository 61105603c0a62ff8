using System.Text;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;
using static LambdaLogs.Extension.Tests.Fakes.LifecycleRig;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class TelemetryReceiverTests : IDisposable
{
    readonly LifecycleRig _rig = new();

    [Fact]
    public async Task The_records_of_a_body_go_as_one_batch()
    {
        _rig.Receive(Line("one"), Line("two"), Line("three"));

        Assert.Equal(["one", "two", "three"], (await _rig.Destination.NextAsync()).Messages);
    }

    [Fact]
    public async Task A_reader_that_throws_costs_what_it_has_not_read_and_is_said_once()
    {
        var faulty = new FaultySink(_rig.Sending.Pipeline);
        var receiver = new TelemetryReceiver(
            new TelemetryReader(faulty, _rig.Signals, _rig.Clock, concurrentInvocations: false),
            _rig.Sending.Pipeline,
            _rig.Sending.Lines.Log);
        var body = Encoding.UTF8.GetBytes($"[{Line("fine")},{Line("bad")},{Line("after")}]");

        for (var count = 0; count < 3; count++)
        {
            receiver.Handle(body.ToArray());
            Assert.Equal(["fine"], (await _rig.Destination.NextAsync()).Messages);
        }

        Assert.Single(_rig.Sending.Lines.With("ERROR a telemetry body could not be processed: an internal error, code 80131509"));
    }

    [Fact]
    public async Task A_reader_that_throws_over_what_it_holds_keeps_nothing_else_from_being_sent()
    {
        var receiver = new TelemetryReceiver(
            new TelemetryReader(new FaultySink(_rig.Sending.Pipeline, everything: true), _rig.Signals, _rig.Clock, concurrentInvocations: false),
            _rig.Sending.Pipeline,
            _rig.Sending.Lines.Log);
        receiver.Handle("[{\"time\":\"2026-03-14T09:26:53.101Z\",\"type\":\"function\",\"record\":\"half of it"u8.ToArray());
        using (_rig.Sending.Pipeline.Enter())
            _rig.Sending.Pipeline.Add(Some.Line("fine"));

        receiver.FlushHeld(TimeSpan.Zero);
        var flushing = Task.Run(() => _rig.Sending.Pipeline.Flush(_rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(9), isFinal: false));

        Assert.Equal(["fine"], (await _rig.Destination.NextAsync()).Messages);
        await flushing;
        Assert.Single(_rig.Sending.Lines.With("ERROR a telemetry body could not be processed: an internal error, code 80131509"));
    }

    [Fact]
    public void A_body_that_was_skipped_is_said_once()
    {
        _rig.Receiver.HandleTooLarge();
        _rig.Receiver.HandleTooLarge();

        Assert.Equal(["[EXTENSION] ERROR a telemetry body of more than 8388608 bytes was skipped; its records are lost\n"], _rig.Sending.Lines.Written);
    }

    public void Dispose() => _rig.Dispose();

    /// <summary>Throws at one record, or at all.</summary>
    sealed class FaultySink(IRecordSink sink, bool everything = false) : IRecordSink
    {
        public void Add(in LogRecord record)
        {
            if (everything || record.Message.SequenceEqual("bad"u8))
                throw new InvalidOperationException("a bug");

            sink.Add(record);
        }
    }
}
