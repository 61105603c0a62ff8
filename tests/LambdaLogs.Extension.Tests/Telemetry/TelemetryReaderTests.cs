using System.Text;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class TelemetryReaderTests
{
    readonly ReadingDesk _desk = new();

    [Theory]
    [InlineData("[{0},{1}]")]
    [InlineData(" [ {0} , {1} ] ")]
    [InlineData("[\r\n\t{0},\r\n\t{1}\r\n]\r\n")]
    [InlineData("{0}\n{1}\n")]
    [InlineData("{0}{1}")]
    [InlineData("\uFEFF[{0},{1}]")]
    [InlineData("[[{0}],[{1}]]")]
    [InlineData("[{0}][{1}]")]
    [InlineData("[{0}]\n[]\n[{1}]")]
    [InlineData("[{0},{1}")]
    public void Events_come_in_an_array_or_by_lines(string body)
    {
        _desk.Read(body.Replace("{0}", ReadingDesk.Line("one")).Replace("{1}", ReadingDesk.Line("two")));
        Assert.Equal(["one", "two"], _desk.Messages);
        Assert.Empty(_desk.Unreadable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData(" \n")]
    public void An_empty_body_has_no_records(string body) => Assert.Empty(_desk.Read(body).Records);

    [Theory]
    [InlineData("""{"record":"m","type":"function","time":"2026-03-14T09:26:53.101Z"}""")]
    [InlineData("""{"x":{"type":"no"},"type":"function","record":"m","time":"2026-03-14T09:26:53.101Z","y":[]}""")]
    [InlineData("""{ "time" : "2026-03-14T09:26:53.101Z" , "type" : "function" , "record" : "m" }""")]
    public void Keys_come_in_any_order_and_with_others(string json)
    {
        _desk.ReadEvents(json);
        Assert.Equal(("m", "function", ReadingDesk.Time), (_desk.Last.Message, _desk.Last.LogType, _desk.Last.Time));
    }

    [Theory]
    [InlineData("2026-03-14T09:26:53Z")]
    [InlineData("2026-03-14T09:26:53.1Z")]
    [InlineData("2026-03-14T09:26:53.123456Z")]
    [InlineData("2026-03-14T09:26:53.123456789Z")]
    [InlineData("2026-03-14T09:26:53.101+00:00")]
    public void A_time_may_have_up_to_nine_digits_of_a_second_and_stays_as_it_is(string time) =>
        Assert.Equal(time, _desk.ReadEvents(ReadingDesk.Line("m", time)).Last.Time);

    [Fact]
    public void An_event_without_a_valid_time_has_that_of_the_one_before()
    {
        _desk.ReadEvents(
            """{"type":"function","record":"arrival"}""",
            ReadingDesk.Line("own", "2026-03-14T09:26:53.7Z"),
            ReadingDesk.Line("before", "14.3.2026"));
        Assert.Equal(
            ["2026-03-14T09:26:53.500Z", "2026-03-14T09:26:53.7Z", "2026-03-14T09:26:53.7Z"],
            _desk.Records.Select(record => record.Time));

        _desk.Clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("2026-03-14T09:26:54.500Z", _desk.ReadEvents("""{"type":"function","record":"next body"}""").Last.Time);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character()
    {
        var record = _desk.ReadObject("""{"message":"cut \ud83d","\udc00":"\udc00\ud83d and \ud83d\ude00 and \\ud83d"}""");
        Assert.Equal("cut \uFFFD", record.Message);
        Assert.Equal("""{"\ufffd":"\ufffd\ufffd and \ud83d\ude00 and \\ud83d"}""", record.RawAttributes);
        Assert.Equal("lone \uFFFD", _desk.ReadObject("\"lone \\uD83D\\n\"").Message);
        Assert.Equal("inner \uFFFD", _desk.ReadLine("""{"message":"inner \ud83d"}""").Message);
    }

    [Fact]
    public void What_is_not_UTF_8_becomes_replacement_characters_and_costs_no_other_event()
    {
        string[] events = [ReadingDesk.Line("before"), Raw("bad \u00ff\u00fe \u00c3( end\\n"), Raw("Gr\u00c3\u00bc\u00c3\u009fe")];
        _desk.Read(Encoding.Latin1.GetBytes($"[{string.Join(',', events)}]"));
        Assert.Equal(["before", "bad \uFFFD\uFFFD \uFFFD( end", "Grüße"], _desk.Messages);
        Assert.Empty(_desk.Unreadable);

        static string Raw(string text) => $$"""{"time":"{{ReadingDesk.Time}}","type":"function","record":"{{text}}"}""";
    }

    [Fact]
    public void Nothing_is_allocated_for_a_line()
    {
        var sink = new CountingSink();
        var reader = new TelemetryReader(sink, new PlatformSignals(_desk.Clock), _desk.Clock);
        var line = ReadingDesk.Line($"2026-03-14T09:26:53.411Z\t{ReadingDesk.RequestId}\tINFO\tmessage\n");
        var text = ReadingDesk.Line("""{"level":"ERROR","message":{"a":1},"b":2}""");
        var json = ReadingDesk.Event("function", """{"level":"ERROR","message":{"a":1},"b":2}""");
        var lines = string.Join(',', Enumerable.Repeat($"{line},{text},{json}", 100));
        var body = Encoding.UTF8.GetBytes($"[{ReadingDesk.Start(ReadingDesk.RequestId)},{lines}]");
        reader.Read(body);
        reader.Read(body);
        reader.Read(body);
        Assert.Equal(903, sink.Count);

        Assert.Equal(0, Allocation.LeastOf(() => reader.Read(body)));
    }

    [Fact]
    public void Signals_are_published_after_the_bodys_last_record()
    {
        var signals = new PlatformSignals(_desk.Clock);
        var sink = new WatchingSink(signals);
        new TelemetryReader(sink, signals, _desk.Clock).Read(
            Encoding.UTF8.GetBytes($"[{ReadingDesk.Done(ReadingDesk.RequestId)},{ReadingDesk.Line("after it")}]"));
        Assert.Equal([false, false], sink.SawDone);
        Assert.NotNull(signals.FindRuntimeDone(ReadingDesk.RequestId));
    }

    sealed class CountingSink : IRecordSink
    {
        public int Count { get; private set; }

        public void Add(in LogRecord record) => Count++;
    }

    sealed class WatchingSink(PlatformSignals signals) : IRecordSink
    {
        public List<bool> SawDone { get; } = [];

        public void Add(in LogRecord record) => SawDone.Add(signals.FindRuntimeDone(ReadingDesk.RequestId) is not null);
    }
}
