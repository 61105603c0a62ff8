using System.Text;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Lifecycle;

/// <summary>What the way of a record from the listener's hand into the queue leaves to the garbage collector: nothing.</summary>
public sealed class AllocationTests : IDisposable
{
    // Less than the sender takes at once: it is to leave them alone.
    const int RecordsOfBody = 200;

    /// <summary>
    /// A body wakes the sender, which is not on the way of a record: some 300 bytes where that one sleeps. The smallest object for each record
    /// would be 4800.
    /// </summary>
    const int BytesOfBodyMax = 1024;

    readonly PipelineRig _rig = new(new PipelineOptions { BatchLinger = TimeSpan.FromHours(1), BatchMaxRecords = RecordsOfBody + 1 });
    readonly TelemetryReceiver _receiver;

    public AllocationTests() => _receiver = new TelemetryReceiver(
        new TelemetryReader(_rig.Pipeline, new PlatformSignals(_rig.Clock), _rig.Clock, concurrentInvocations: false), _rig.Pipeline, _rig.Lines.Log);

    /// <summary>What is forwarded, but for reports and the ends of handlers: of those, one an invocation, the lifecycle keeps what they say.</summary>
    public static TheoryData<string> Events =>
    [
        ReadingDesk.Line($"2026-03-14T09:26:53.411Z\t{ReadingDesk.RequestId}\tWARN\tretrying \"payment\" 世 {new string('x', 100)}\n"),
        ReadingDesk.Line($"2026-03-14T09:26:53.411Z\t{ReadingDesk.RequestId}\tERROR\tInvoke Error \t" + """{"errorMessage":"boom","stack":["a","b"]}"""),
        ReadingDesk.Line("""{"level":"ERROR","message":{"a":1},"requestId":"none","list":[1,2.5,null,"\u00e9 \ud83d\ude80"]}"""),
        ReadingDesk.Event("function", """{"timestamp":"2026-03-14T10:00:00Z","level":"Information","message":"paid","order":{"id":1},"lone":"\ud83d"}"""),
        ReadingDesk.Event("platform.initReport", """{"initializationType":"on-demand","metrics":{"durationMs":441.2},"status":"error","errorType":"E"}"""),
        ReadingDesk.Event("platform.fault", $"\"RequestId: {ReadingDesk.RequestId} Process exited before completing request\""),
        ReadingDesk.Event("platform.logsDropped", """{"droppedRecords":3,"droppedBytes":500,"reason":"slow consumer"}"""),
    ];

    [Fact]
    public void A_hundred_thousand_records_of_all_kinds_allocate_nothing()
    {
        var kinds = Events.Select(row => row.Data).ToArray();
        ExpectNothing(100_000, [.. Enumerable.Range(0, RecordsOfBody).Select(index => kinds[index % kinds.Length])]);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void A_record_of_each_kind_allocates_nothing(string text) => ExpectNothing(5_000, [.. Enumerable.Repeat(text, RecordsOfBody)]);

    public void Dispose() => _rig.Dispose();

    /// <summary>Hands events to the listener's handler. What waits is taken out in between, as a sender would.</summary>
    void ExpectNothing(int records, string[] events)
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]");
        var posted = new byte[body.Length];
        for (var warm = 0; warm < 4; warm++)
            HandleOne(body, posted);

        // A collection by another thread adds to a body here and there what is none of its own: four of five bodies count.
        var allocated = Enumerable.Range(0, records / RecordsOfBody).Select(_ => HandleOne(body, posted)).Order().ToArray();
        Assert.InRange(allocated[allocated.Length * 4 / 5], 0, BytesOfBodyMax);
    }

    /// <returns>How many bytes were allocated from the handler's call to its end.</returns>
    long HandleOne(byte[] body, byte[] posted)
    {
        body.CopyTo(posted, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _receiver.Handle(posted);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        using (_rig.Pipeline.Enter())
        {
            Assert.Equal(RecordsOfBody, _rig.Queue.Take(withOpen: true)?.Records);
            _rig.Queue.Delivered();
        }

        return allocated;
    }
}
