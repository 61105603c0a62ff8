using System.Buffers.Binary;
using System.Text;
using LambdaLogs.Emulator.Sandbox;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class FrameSplitterTests
{
    readonly List<string> _records = [];
    readonly FrameSplitter _splitter;

    public FrameSplitterTests() => _splitter = new FrameSplitter(r => _records.Add(Encoding.UTF8.GetString(r.Span)));

    [Fact]
    public void A_record_stays_one_whatever_line_feeds_it_has()
    {
        _splitter.Add([.. Frame("first\nline two\n"), .. Frame("second")]);
        Assert.Equal(["first\nline two\n", "second"], _records);
    }

    [Fact]
    public void A_frame_may_come_in_pieces_of_any_size()
    {
        foreach (var item in Frame("in pieces"))
            _splitter.Add([item]);
        Assert.Equal(["in pieces"], _records);
    }

    [Fact]
    public void What_was_begun_at_the_end_is_shown_as_far_as_it_came()
    {
        _splitter.Add(Frame("cut off").AsSpan(..^3));
        _splitter.End();
        Assert.Equal(["cut "], _records);
    }

    [Fact]
    public void What_is_no_frame_is_shown_as_it_is()
    {
        _splitter.Add("no frame at all, but long enough"u8);
        Assert.Equal(["no frame at all, but long enough"], _records);
        _splitter.Add(Frame("again"));
        Assert.Equal("again", _records[^1]);
    }

    static byte[] Frame(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var frame = new byte[16 + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, 0xA55A0003);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)body.Length);
        body.CopyTo(frame, 16);
        return frame;
    }
}
