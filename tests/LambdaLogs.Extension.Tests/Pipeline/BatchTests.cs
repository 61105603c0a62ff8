using System.Text;
using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class BatchTests
{
    readonly Batch _batch = new();

    [Fact]
    public void A_body_is_head_records_and_tail()
    {
        Fill("[", "one", ",two", ",three");

        "]"u8.CopyTo(_batch.Room(1));
        _batch.Seal(1);

        Assert.Equal("[one,two,three]", Encoding.ASCII.GetString(_batch.Body.Span));
        Assert.Equal(3, _batch.Records);
        Assert.Equal("one,two,three".Length, _batch.RecordBytes);
        Assert.Equal("[one,two,three".Length, _batch.Length);
        Assert.True(_batch.IsSealed);
    }

    [Fact]
    public void Each_record_can_be_found_without_its_separator()
    {
        Fill("[", "one", ",two", ",three");

        Assert.Equal(["one", "two", "three"], Enumerable.Range(0, 3).Select(index => Encoding.ASCII.GetString(_batch.Record(index))));
    }

    [Fact]
    public void Room_grows_and_keeps_what_is_written()
    {
        var record = new string('x', 5000);
        Fill("[", record, "," + record, "," + record);

        Assert.Equal("[" + record + "," + record + "," + record, Encoding.ASCII.GetString(_batch.Body.Span));
        Assert.True(_batch.Room(100_000).Length >= 100_000);
    }

    [Fact]
    public void What_is_written_but_not_committed_does_not_count()
    {
        Fill("[", "one");
        ",half"u8.CopyTo(_batch.Room(5));

        Assert.Equal("[one", Encoding.ASCII.GetString(_batch.Body.Span));
        Assert.Equal(1, _batch.Records);
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(1000, false)]
    public void A_cleared_batch_is_as_new_and_keeps_its_buffer_up_to_a_size(int keptBytesMax, bool keeps)
    {
        Fill("[", new string('x', 20_000));
        _batch.Id = "id";
        _batch.Attempts = 3;
        _batch.Seal(1);

        _batch.Clear(keptBytesMax);
        Assert.Equal((0, 0, 0, 0, false, (string?)null), (_batch.Records, _batch.Length, _batch.RecordBytes, _batch.Attempts, _batch.IsSealed, _batch.Id));
        Assert.Equal(keeps, _batch.Room(1).Length >= 20_000);
        Fill("<", "two");

        Assert.Equal("<two", Encoding.ASCII.GetString(_batch.Body.Span));
    }

    void Fill(string head, params ReadOnlySpan<string> records)
    {
        _batch.Start(Encoding.ASCII.GetBytes(head));
        foreach (var record in records)
        {
            Encoding.ASCII.GetBytes(record).CopyTo(_batch.Room(record.Length));
            _batch.Commit(record.Length);
        }
    }
}
