using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

/// <summary>Object records that Lambda cut at about 256 KiB, each piece raw in an envelope of its own.</summary>
public sealed class SplitRecordTests
{
    const string Record = """{"level":"ERROR","message":"Grüße \"x\" \\ \ud83d\ude80 🚀","n":[1.5e3,{"a":true}],"last":12}""";

    readonly ReadingDesk _desk = new();

    [Fact]
    public void Pieces_in_two_POSTs_are_joined_wherever_the_cut_is() => ForEachCut((head, tail) =>
    {
        var desk = new ReadingDesk();
        desk.Read(Concat("[", head, "]"));
        Assert.True(desk.Reader.HasHeld);
        Assert.Empty(desk.Records);

        desk.Read(Concat("[", tail, "," + ReadingDesk.Done(ReadingDesk.RequestId) + "]"));
        Assert.False(desk.Reader.HasHeld);
        return desk;
    });

    [Fact]
    public void Pieces_in_one_POST_are_joined_wherever_the_cut_is() => ForEachCut((head, tail) =>
        new ReadingDesk().Read(Concat("[", head, ",", tail, "," + ReadingDesk.Done(ReadingDesk.RequestId) + "]")));

    [Fact]
    public void Platform_events_may_come_between_two_pieces() => ForEachCut((head, tail) =>
        new ReadingDesk().Read(Concat("[", head, "," + ReadingDesk.Done(ReadingDesk.RequestId) + "]")).Read(Concat("[", tail, "]")));

    [Fact]
    public void Lines_before_and_after_a_split_record_are_kept_in_their_order() => ForEachCut((head, tail) =>
    {
        var desk = new ReadingDesk();
        desk.Read(Concat("[" + ReadingDesk.Line("before", type: "extension") + ",", head, "]"));
        desk.Read(Concat("[", tail, "," + ReadingDesk.Line("behind", type: "extension") + "," + ReadingDesk.Done(ReadingDesk.RequestId) + "]"));
        Assert.Equal(["before", "behind"], desk.Records.Where(record => record.LogType == "extension").Select(record => record.Message));
        Assert.Equal("function", desk.Records[1].LogType);
        return desk;
    });

    [Fact]
    public void The_rest_may_bring_the_head_of_the_next_split_record()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"AAAA}]""");
        _desk.Read(
            """[{"time":"2026-03-14T09:26:53.102Z","type":"function","record":BBBB"}},"""
            + """{"time":"2026-03-14T09:26:53.102Z","type":"function","record":{"message":"CCCC}]""");
        _desk.Read("""[{"time":"2026-03-14T09:26:53.103Z","type":"function","record":DDDD"}}]""");
        Assert.Equal(["AAAABBBB", "CCCCDDDD"], _desk.Messages);
        Assert.Equal(0, _desk.Reader.Unreadable);
    }

    [Fact]
    public void Three_pieces_are_joined()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"AAAA}]""");
        _desk.Read("""[{"time":"2026-03-14T09:26:53.102Z","type":"function","record":BB{}BB}]""");
        Assert.True(_desk.Reader.HasHeld);
        _desk.Read("""[{"time":"2026-03-14T09:26:53.103Z","type":"function","record":CCCC"}}]""");
        Assert.Equal("AAAABB{}BBCCCC", Assert.Single(_desk.Records).Message);
        Assert.Equal(0, _desk.Reader.Unreadable);
    }

    [Fact]
    public void A_piece_whose_rest_does_not_come_is_passed_on_before_the_next_line()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"AAAA}]""");
        _desk.ReadEvents(ReadingDesk.Line("next"));
        Assert.Equal(["{\"message\":\"AAAA", "next"], _desk.Messages);
        var piece = _desk.Records[0];
        Assert.Equal((LogLevel.Warn, "function", ReadingDesk.Time), (piece.Level, piece.LogType, piece.Time));
        Assert.Equal(UnreadableReason.Incomplete, _desk.Unreadable[0].Reason);
    }

    [Fact]
    public void A_piece_is_held_for_a_second_and_one_more_POST()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"AAAA}]""");
        _desk.ReadEvents(ReadingDesk.Done(ReadingDesk.RequestId));
        Assert.True(_desk.Reader.HasHeld);

        _desk.Clock.Pass(TimeSpan.FromSeconds(1.1));
        _desk.ReadEvents(ReadingDesk.Start(ReadingDesk.OtherRequestId));
        Assert.False(_desk.Reader.HasHeld);
        Assert.Equal("{\"message\":\"AAAA", _desk.Last.Message);
    }

    [Fact]
    public void A_late_rest_is_joined_if_it_comes_with_the_next_POST()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"AAAA}]""");
        _desk.Clock.Pass(TimeSpan.FromMinutes(5));
        _desk.Read("""[{"time":"2026-03-14T09:26:53.102Z","type":"function","record":BBBB"}}]""");
        Assert.Equal("AAAABBBB", Assert.Single(_desk.Records).Message);
    }

    [Fact]
    public void What_is_held_can_be_flushed_at_once_or_when_it_is_old()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"AAAA}]""");
        _desk.Reader.FlushHeld(olderThan: TimeSpan.FromSeconds(1));
        Assert.Empty(_desk.Records);

        _desk.Clock.Pass(TimeSpan.FromSeconds(1));
        _desk.Reader.FlushHeld(olderThan: TimeSpan.FromSeconds(1));
        Assert.Equal("{\"message\":\"AAAA", Assert.Single(_desk.Records).Message);

        _desk.Reader.FlushHeld();
        Assert.Single(_desk.Records);
    }

    [Fact]
    public void A_piece_that_does_not_fit_to_what_is_held_is_held_itself()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"lost}]""");
        _desk.Read("""[{"time":"2026-03-14T09:26:53.102Z","type":"function","record":{"message":"AAAA}]""");
        Assert.Equal("{\"message\":\"lost", Assert.Single(_desk.Records).Message);
        _desk.Read("""[{"time":"2026-03-14T09:26:53.103Z","type":"function","record":BBBB"}}]""");
        Assert.Equal("AAAABBBB", _desk.Last.Message);
    }

    [Fact]
    public void Pieces_of_different_streams_are_not_joined()
    {
        _desk.Read("""[{"time":"2026-03-14T09:26:53.101Z","type":"function","record":{"message":"AAAA}]""");
        _desk.Read("""[{"time":"2026-03-14T09:26:53.102Z","type":"extension","record":BBBB"}}]""");
        _desk.Reader.FlushHeld();
        Assert.Equal(["BBBB\"}", "{\"message\":\"AAAA"], _desk.Messages);
    }

    [Fact]
    public void A_record_that_grows_too_large_is_passed_on_in_pieces()
    {
        var megabyte = new string('x', 1024 * 1024);
        _desk.Read($$"""[{"time":"{{ReadingDesk.Time}}","type":"function","record":{"message":"{{megabyte}}}]""");
        for (var i = 0; i < 4; i++)
            _desk.Read($$"""[{"time":"{{ReadingDesk.Time}}","type":"function","record":{{megabyte}}}]""");
        _desk.Reader.FlushHeld();
        Assert.Equal(5 * megabyte.Length, _desk.Messages.Sum(message => message.Count(letter => letter == 'x')));
        Assert.All(_desk.Records, record => Assert.InRange(record.Message.Length, 1, 256 * 1024));
    }

    [Fact]
    public void Text_pieces_are_lines_of_their_own()
    {
        _desk.ReadEvents(ReadingDesk.Line("AAAA"), ReadingDesk.Line("BBBB\n"));
        Assert.Equal(["AAAA", "BBBB"], _desk.Messages);
    }

    static void ForEachCut(Func<byte[], byte[], ReadingDesk> read)
    {
        var whole = new ReadingDesk().ReadObject(Record);
        var bytes = System.Text.Encoding.UTF8.GetBytes(Record);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var head = Concat($$"""{"time":"{{ReadingDesk.Time}}","type":"function","record":""", bytes[..cut], "}");
            var tail = Concat("""{"time":"2026-03-14T09:26:53.102Z","type":"function","record":""", bytes[cut..], "}");
            var desk = read(head, tail);
            Assert.Equal(whole, Assert.Single(desk.Records, record => record.LogType == "function"));
            Assert.NotNull(desk.Signals.FindRuntimeDone(ReadingDesk.RequestId));
            Assert.Equal(0, desk.Reader.Unreadable);
        }
    }

    static byte[] Concat(params object[] parts) =>
        [.. parts.SelectMany(part => part as byte[] ?? System.Text.Encoding.UTF8.GetBytes((string)part))];
}
