using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing;

public sealed class RecordStoreTests
{
    [Fact]
    public void A_record_comes_out_as_it_went_in()
    {
        // A new field of records has to be stored as well: then this number and the store change together.
        Assert.Equal(15, typeof(LogRecord).GetProperties().Length);
        var store = new RecordStore();
        var record = new LogRecord
        {
            Time = "2026-03-14T09:26:53.101Z"u8,
            Level = LogLevel.Warn,
            Message = "message"u8,
            LogType = "function"u8,
            RequestId = "request"u8,
            TraceId = "trace"u8,
            SpanId = "span"u8,
            ColdStart = false,
            Snapshot = true,
            Context = "\"tenant_id\":\"blue\""u8,
            LevelOrigin = LevelOrigin.Unrecognized,
            Attributes = "{\"a\":1}"u8,
            Kind = EventKind.Fault,
            Status = PlatformStatus.Timeout,
            IsText = true,
        };
        store.Add(Some.Line("before"));
        store.Add(record);

        var stored = store[1];
        Assert.Equal(KeptRecord.Of(record), KeptRecord.Of(stored));
        Assert.True(stored.Time.SequenceEqual(record.Time) && stored.TraceId.SequenceEqual(record.TraceId) && stored.SpanId.SequenceEqual(record.SpanId));
        Assert.Equal(("\"tenant_id\":\"blue\"", LevelOrigin.Unrecognized), (System.Text.Encoding.UTF8.GetString(stored.Context), stored.LevelOrigin));
        Assert.Equal((false, true, EventKind.Fault, PlatformStatus.Timeout, true), (stored.ColdStart, stored.Snapshot, stored.Kind, stored.Status, stored.IsText));
    }

    [Fact]
    public void Adding_and_taking_in_any_order_keeps_the_order_and_the_bytes()
    {
        var random = new Random(7);
        var store = new RecordStore();
        var expected = new Queue<string>();
        for (var round = 0; round < 20_000; round++)
        {
            if (random.Next(100) < 52 || expected.Count == 0)
            {
                var text = new string((char)('a' + (round % 26)), random.Next(200));
                expected.Enqueue(text);
                store.Add(Some.Line(text));
            }
            else
            {
                Assert.Equal(expected.Dequeue(), KeptRecord.Of(store[0]).Message);
                store.RemoveOldest();
            }

            Assert.Equal(expected.Count, store.Count);
            Assert.Equal(expected.Sum(text => RecordStore.SizeOf(Some.Line(text))), store.Bytes);
            if (random.Next(500) == 0)
            {
                store.Clear();
                expected.Clear();
            }
        }
    }
}
