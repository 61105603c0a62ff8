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
        _writer = new BatchWriter(Some.Format(), _queue, _clock);
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
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Two_halves_keep_every_record_in_order(int records)
    {
        var messages = Enumerable.Range(0, records).Select(index => $"message {index}").ToArray();
        foreach (var message in messages)
            Write(message);
        var whole = TakeSealed();

        var parts = _writer.Split(whole);
        foreach (var part in parts)
            _writer.Seal(part);

        Assert.Equal([records / 2, records - (records / 2)], parts.Select(part => part.Records));
        Assert.All(parts, part => Assert.Null(part.Id));
        Assert.Equal(messages, parts.SelectMany(part => Messages(Envelope(part))));
    }

    [Fact]
    public void A_single_record_is_cut_to_half_again_and_again_until_it_is_too_short()
    {
        Write(new string('x', 6000));
        var batch = TakeSealed();
        var lengths = new List<int> { batch.Record(0).Length };
        while (_writer.TryShorten(batch, out var shorter))
        {
            _writer.Seal(shorter);
            var message = Messages(Envelope(shorter)).Single();
            Assert.EndsWith($"…[truncated, {6000 - message.IndexOf('…')} bytes]", message);
            Assert.InRange(shorter.Record(0).Length, 1, lengths[^1] / 2);
            lengths.Add(shorter.Record(0).Length);
            batch = shorter;
        }

        Assert.Equal(3, lengths.Count);
        Assert.InRange(lengths[^1], 1024, 2047);
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
        var writer = new BatchWriter(Some.Format(), queue, _clock);

        for (var count = 0; count < 5; count++)
        {
            _ledger.Receive(1);
            writer.Write(Some.Line(new string('x', 1000)));
        }

        Assert.Equal((5, 2, 3), (_ledger.Received, _ledger.Dropped, _ledger.Waiting));
        queue.Check();
    }

    void Write(string message)
    {
        _ledger.Receive(1);
        _writer.Write(Some.Line(message));
    }

    Batch TakeSealed()
    {
        var batch = _queue.Take(withOpen: true)!;
        _writer.Seal(batch);
        return batch;
    }

    static JsonElement Envelope(Batch batch) => JsonDocument.Parse(Encoding.UTF8.GetString(batch.Body.Span)).RootElement;

    static string[] Messages(JsonElement envelope) =>
        [.. envelope.GetProperty("logs").EnumerateArray().Select(record => record.GetProperty("message").GetString()!)];
}
