using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class SpillTests : IDisposable
{
    static readonly PipelineOptions Spilling = new() { BatchLinger = TimeSpan.FromSeconds(5), BatchMaxRecords = 2, SpillMaxBytes = 1_000_000 };

    readonly PipelineRig _before = new(Spilling);
    readonly PipelineRig _after = new(Spilling);

    [Fact]
    public async Task What_could_not_be_delivered_is_delivered_by_the_next_process_with_the_same_ids()
    {
        _before.Add("one", "two", "three");
        var cutOff = await _before.Destination.NextAsync();
        _before.End();
        Assert.Equal((3, 0, 0), _before.Read(ledger => (ledger.Spilled, ledger.Waiting, ledger.Dropped)));

        Restore(_before.Store.Content);
        _after.Add("four");

        var first = await _after.Destination.NextAsync();
        Assert.Equal((cutOff.Id, cutOff.Body), (first.Id, first.Body));
        first.Deliver();
        var second = await _after.Destination.NextAsync();
        Assert.Equal(["three"], second.Messages);
        second.Deliver();
        var flush = _after.FlushAsync();
        var third = await _after.Destination.NextAsync();
        Assert.Equal(["four"], third.Messages);
        third.Deliver();
        Assert.Equal(FlushResult.Emptied, await flush);
        Assert.Equal((4, 4), _after.Read(ledger => (ledger.Received, ledger.Delivered)));
    }

    [Fact]
    public async Task A_batch_that_comes_from_a_spill_can_be_split()
    {
        _before.Add("one", "two");
        _before.End();
        Restore(_before.Store.Content);

        (await _after.Destination.NextAsync()).Refuse(Extension.Delivery.Verdict.TooLarge, 413);

        Assert.Equal(["one"], (await _after.Destination.NextAsync()).Messages);
    }

    [Fact]
    public async Task A_batch_whose_records_are_in_no_known_form_costs_only_itself()
    {
        _after.Store.Content = [.. SpillFormat.Signature, .. Piece("strange", new string('?', 5000))];
        _after.Pipeline.Restore();

        (await _after.Destination.NextAsync()).Refuse(Extension.Delivery.Verdict.TooLarge, 413);
        _after.Add("one", "two", "three");

        var next = await _after.Destination.NextAsync();
        Assert.Equal(["one", "two"], next.Messages);
        Assert.Equal(1, _after.Read(ledger => ledger.DroppedFor(DropReason.Fault)));
        Assert.Single(_after.Lines.With("ERROR a response could not be handled: "));
    }

    [Theory]
    [InlineData("evil\r\nX-Other: 1")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("an-id-that-is-longer-than-any-that-we-would-ever-make")]
    public void An_id_that_somebody_has_made_up_never_gets_into_a_header(string id)
    {
        _after.Store.Content = [.. SpillFormat.Signature, .. Piece(id, "record")];

        _after.Pipeline.Restore();

        Assert.Equal(0, _after.Read(ledger => ledger.Received));
    }

    [Fact]
    public void What_was_written_before_the_process_was_killed_is_read()
    {
        _before.Pause();
        _before.Add("one", "two", "three", "four", "five");
        _before.End();
        var content = _before.Store.Content!;

        Restore(content[..^1]);

        Assert.Equal(4, _after.Read(ledger => ledger.Received));
    }

    [Fact]
    public void Nothing_is_written_after_the_deadline_and_what_is_not_is_counted()
    {
        _before.Pause();
        _before.Add("one", "two", "three", "four", "five");
        // The mark, the first batch; the deadline comes while the second is written.
        var appended = 0;
        _before.Store.OnAppend = () => _before.Clock.Advance(++appended == 3 ? 2000 : 0);

        _before.End();

        Assert.Equal(3, appended);
        Assert.Equal((4, 1), _before.Read(ledger => (ledger.Spilled, ledger.DroppedFor(DropReason.Shutdown))));
    }

    [Fact]
    public void What_was_taken_is_not_taken_twice()
    {
        _before.Add("one");
        _before.End();
        _after.Store.Content = _before.Store.Content;

        _after.Pipeline.Restore();
        _after.Pipeline.Restore();

        Assert.Equal(1, _after.Read(ledger => ledger.Received));
    }

    [Fact]
    public void A_full_disk_costs_only_the_spill()
    {
        _before.Store.Room = 0;
        _before.Add("one", "two", "three");

        _before.End();

        Assert.Equal((0, 3), _before.Read(ledger => (ledger.Spilled, ledger.DroppedFor(DropReason.Shutdown))));
    }

    [Fact]
    public void Where_there_is_not_room_for_all_the_newest_are_kept()
    {
        using var rig = new PipelineRig(Spilling with { SpillMaxBytes = 2000 });
        rig.Pause();
        rig.Add("one", "two", "three", "four", "five", "six", "seven");

        rig.End();

        Assert.InRange(rig.Store.Content!.Length, 1, 2000);
        Assert.Equal(7, rig.Read(ledger => ledger.Spilled + ledger.DroppedFor(DropReason.Shutdown)));
        var spilled = rig.Read(ledger => ledger.Spilled);
        Assert.InRange(spilled, 3, 5);
        Restore(rig.Store.Content);
        Assert.Equal(spilled, _after.Read(ledger => ledger.Received));
        Assert.Contains("seven", System.Text.Encoding.UTF8.GetString(rig.Store.Content));
    }

    [Fact]
    public void Nothing_is_kept_or_taken_where_that_is_not_asked_for()
    {
        using var rig = new PipelineRig(Spilling with { SpillMaxBytes = 0 });
        rig.Store.Content = [1, 2, 3];

        rig.Pipeline.Restore();
        rig.Pause();
        rig.Add("one");
        rig.End();

        Assert.Equal([1, 2, 3], rig.Store.Content);
        Assert.Equal(1, rig.Read(ledger => ledger.DroppedFor(DropReason.Shutdown)));
    }

    [Fact]
    public void A_spill_larger_than_the_buffer_keeps_the_bound_of_the_buffer()
    {
        using var small = new PipelineRig(Spilling with { BatchMaxBytes = 4096, BufferMaxBytes = 4096 });
        _before.Pause();
        for (var count = 0; count < 20; count++)
            _before.Add(new string('x', 1000));
        _before.End();
        small.Store.Content = _before.Store.Content;

        small.Pipeline.Restore();

        using (small.Pipeline.Enter())
            Assert.InRange(small.Queue.Bytes, 1, 4096);
        Assert.Equal(20, small.Read(ledger => ledger.Received));
    }

    [Theory]
    [InlineData("")]
    [InlineData("LLHD-SPILL-1\n")]
    [InlineData("LLHD-SPILL-2\n")]
    [InlineData("somebody else's file, long enough to be one of ours")]
    public void Anything_else_is_skipped(string content)
    {
        Restore(System.Text.Encoding.ASCII.GetBytes(content));

        Assert.Equal(0, _after.Read(ledger => ledger.Received));
    }

    [Fact]
    public void A_piece_with_any_byte_changed_ends_the_reading()
    {
        _before.Pause();
        _before.Add("one", "two", "three");
        _before.End();
        var content = _before.Store.Content!;

        for (var at = 0; at < content.Length; at++)
        {
            var broken = content.ToArray();
            broken[at] ^= 0x55;
            using var rig = new PipelineRig(Spilling);
            rig.Store.Content = broken;
            rig.Pipeline.Restore();
            Assert.InRange(rig.Read(ledger => ledger.Received), 0, 2);
        }
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
    }

    void Restore(byte[]? content)
    {
        _after.Store.Content = content;
        _after.Pipeline.Restore();
    }

    /// <summary>A piece with a right checksum, as anybody can make it.</summary>
    byte[] Piece(string id, string record)
    {
        using var rig = new PipelineRig(Spilling);
        rig.Pause();
        rig.Add("x");
        var piece = new byte[10_000];
        using (rig.Pipeline.Enter())
        {
            var batch = rig.Queue.Take(withOpen: true)!;
            batch.Id = "x";
            batch.Seal(Some.Format(), rig.Now);
            SpillFormat.Write(batch, Some.Format().Head, "", piece);
        }

        byte[] text = [.. System.Text.Encoding.ASCII.GetBytes(id), .. BitConverter.GetBytes(record.Length), .. System.Text.Encoding.ASCII.GetBytes(record)];
        byte[] payload = [.. piece.AsSpan(SpillFormat.PrefixBytes, 12), .. BitConverter.GetBytes(id.Length), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. text];
        return [.. BitConverter.GetBytes(payload.Length), .. BitConverter.GetBytes(SpillFormat.Checksum(payload)), .. payload];
    }
}
