using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class BatchWriterTests
{
    readonly Ledger _ledger = new();
    readonly ManualClock _clock = new();
    readonly BatchQueue _queue;
    readonly BatchWriter _writer;

    public BatchWriterTests()
    {
        _queue = new BatchQueue(new PipelineOptions { BatchMaxBytes = 8192, BufferMaxBytes = 100_000 }, _ledger);
        _writer = new BatchWriter(TenantFormats.OfAll(Some.Format()), _queue, _clock);
    }

    [Fact]
    public void A_sealed_batch_is_the_whole_envelope()
    {
        Write("one");
        Write("two");

        var envelope = Envelope(TakeSealed());

        Assert.Equal(["logs", "source", "timestamp"], envelope.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["one", "two"], Messages(envelope));
        Assert.Equal("aws-lambda-extension", envelope.GetProperty("source").GetString());
        Assert.Equal("2026-03-14T09:26:53.000Z", envelope.GetProperty("timestamp").GetString());
    }

    [Fact]
    public void The_body_is_the_same_however_late_it_is_looked_at()
    {
        Write("one");
        var batch = TakeSealed();
        var before = batch.Body.ToArray();

        _clock.Advance(5000);
        Write("two");

        Assert.Equal(before, batch.Body.ToArray());
    }

    [Theory]
    [InlineData(7000)]
    [InlineData(7700)]
    [InlineData(8192)]
    [InlineData(500_000)]
    public void A_record_larger_than_a_batch_is_cut_with_a_mark(int length)
    {
        Write(new string('x', length));

        var batch = TakeSealed();
        var message = Messages(Envelope(batch)).Single();

        Assert.InRange(batch.Body.Length, 1, 8192);
        if (length > 7700)
            Assert.EndsWith($"…[truncated, {length - message.IndexOf('…')} bytes]", message);
        Assert.StartsWith("xxxx", message);
    }

    [Fact]
    public void Bodies_never_exceed_their_bound_whatever_the_sizes()
    {
        for (var size = 1; size < 9000; size += 37)
        {
            Write(new string('x', size));
            while (_queue.Take(withOpen: false) is { } batch)
                SealAndCheck(batch);
        }

        while (_queue.Take(withOpen: true) is { } last)
            SealAndCheck(last);
        Assert.Equal(_ledger.Received, _ledger.Delivered);

        void SealAndCheck(Batch batch)
        {
            _writer.Seal(batch);
            Assert.InRange(batch.Body.Length, 1, 8192);
            Assert.Equal(batch.Records, Messages(Envelope(batch)).Length);
            _queue.Delivered();
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(7, 3)]
    public void Parts_keep_every_record_in_order_and_are_bodies_of_their_own(int records, int part)
    {
        var messages = Enumerable.Range(0, records).Select(index => $"message {index}").ToArray();
        foreach (var message in messages)
            Write(message);
        var arrived = new List<string>();

        while (_queue.Take(withOpen: true) is { } batch)
        {
            Assert.Null(batch.Id);
            batch.Limit(part);
            batch.Id = $"batch-{arrived.Count}";
            _writer.Seal(batch);
            Assert.InRange(batch.Records, 1, part);
            arrived.AddRange(Messages(Envelope(batch)));
            _queue.Delivered();
        }

        Assert.Equal(messages, arrived);
    }

    [Fact]
    public void A_part_that_is_sent_again_later_is_the_same_to_the_byte()
    {
        Write("one");
        Write("two");
        Write("three");
        var batch = _queue.Take(withOpen: true)!;
        batch.Limit(2);
        _writer.Seal(batch);
        var first = batch.Body.ToArray();
        _queue.Return();
        _queue.Scratch.Clear();
        _clock.Advance(5000);

        var again = _queue.Take(withOpen: true)!;
        _writer.Seal(again);

        Assert.Equal(first, again.Body.ToArray());
    }

    [Theory]
    [InlineData("0,2", "a,c")]
    [InlineData("1", "b")]
    [InlineData("0,1,2,3", "a,b,c,d")]
    [InlineData("3", "d")]
    public void Some_records_of_a_batch_stay_in_their_order(string kept, string left)
    {
        foreach (var message in (string[])["a", "b", "c", "d"])
            Write(message);
        _queue.Take(withOpen: true);

        _queue.Settle(rejected: 0, [.. kept.Split(',').Select(int.Parse)], first: 0, separator: (byte)',');

        Assert.Equal(left.Split(','), Messages(Envelope(TakeSealed())));
        _queue.VerifyLedger();
    }

    [Fact]
    public void Some_records_of_a_part_stay_before_those_that_have_not_gone()
    {
        foreach (var message in (string[])["a", "b", "c", "d", "e"])
            Write(message);
        _queue.Take(withOpen: true)!.Limit(3);

        _queue.Settle(rejected: 1, [1], first: 0, separator: (byte)',');

        var rest = _queue.Take(withOpen: true)!;
        rest.Limit(9);
        _writer.Seal(rest);
        Assert.Equal(["b", "d", "e"], Messages(Envelope(rest)));
        Assert.Equal((1, 1, 3), (_ledger.Delivered, _ledger.Dropped, _ledger.Waiting));
        _queue.VerifyLedger();
    }

    [Fact]
    public void A_single_record_is_cut_to_half_again_and_again_until_it_is_too_short()
    {
        Write(new string('x', 6000));
        Write("behind it");
        var lengths = new List<int>();
        while (true)
        {
            var batch = _queue.Take(withOpen: true)!;
            batch.Limit(1);
            _writer.Seal(batch);
            var message = Messages(Envelope(batch)).Single();
            if (lengths.Count > 0)
            {
                Assert.EndsWith($"…[truncated, {6000 - message.IndexOf('…')} bytes]", message);
                Assert.InRange(batch.Record(0).Length, 1, lengths[^1] / 2);
            }

            lengths.Add(batch.Record(0).Length);
            _queue.VerifyLedger();
            if (!_writer.TryShorten(batch))
                break;
        }

        Assert.Equal(3, lengths.Count);
        Assert.InRange(lengths[^1], 1024, 2047);
        _queue.Delivered();
        Assert.Equal(["behind it"], Messages(Envelope(TakeSealed())));
    }

    [Fact]
    public void A_record_of_our_own_is_escaped_and_counted_as_received()
    {
        _writer.Write(new OwnRecord
        {
            LogType = "extension.shutdown",
            Level = LogLevel.Error,
            Message = "it said \"no\"\n",
            RequestId = "r\"1",
            Attributes = """{"a":1}""",
        });

        var record = Envelope(TakeSealed()).GetProperty("logs")[0];
        Assert.Equal("it said \"no\"\n", record.GetProperty("message").GetString());
        Assert.Equal("extension.shutdown", record.GetProperty("log_type").GetString());
        Assert.Equal("ERROR", record.GetProperty("level").GetString());
        Assert.Equal("r\"1", record.GetProperty("request_id").GetString());
        Assert.Equal("2026-03-14T09:26:53.000Z", record.GetProperty("timestamp").GetString());
        Assert.Equal("""{"a":1}""", record.GetProperty("attributes").GetRawText());
        Assert.Equal((1, 1), (_ledger.Received, _ledger.Waiting));
    }

    [Fact]
    public void A_request_id_longer_than_ids_are_is_left_out_of_our_own_record()
    {
        _writer.Write(new OwnRecord { LogType = "extension.shutdown", Level = LogLevel.Error, Message = "m", RequestId = new string('r', 50_000) });

        Assert.False(Envelope(TakeSealed()).GetProperty("logs")[0].TryGetProperty("request_id", out _));
    }

    [Fact]
    public void A_record_that_finds_no_room_is_counted()
    {
        var queue = new BatchQueue(new PipelineOptions { BatchMaxBytes = 4096, BufferMaxBytes = 4096, WhenFull = WhenFull.DropNewest }, _ledger);
        var writer = new BatchWriter(TenantFormats.OfAll(Some.Format()), queue, _clock);

        for (var count = 0; count < 5; count++)
        {
            _ledger.CountReceived(1);
            writer.Write(Some.Line(new string('x', 1000)));
        }

        Assert.Equal((5, 2, 3), (_ledger.Received, _ledger.Dropped, _ledger.Waiting));
        queue.VerifyLedger();
    }

    void Write(string message)
    {
        _ledger.CountReceived(1);
        _writer.Write(Some.Line(message));
    }

    Batch TakeSealed()
    {
        var batch = _queue.Take(withOpen: true)!;
        _writer.Seal(batch);
        return batch;
    }

    static JsonElement Envelope(Batch batch) => JsonDocument.Parse(Encoding.UTF8.GetString(batch.Body)).RootElement;

    static string[] Messages(JsonElement envelope) =>
        [.. envelope.GetProperty("logs").EnumerateArray().Select(record => record.GetProperty("message").GetString()!)];
}
