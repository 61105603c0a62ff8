using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

/// <summary>Bodies that are not what they should be: whatever is wrong costs only itself, is counted and passed on as text.</summary>
public sealed class BrokenBodyTests
{
    readonly ReadingDesk _desk = new();

    [Theory]
    [InlineData("\"lost its quote")]
    [InlineData("{\"a\":bad}")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":[{\"b\":1}")]
    [InlineData("\"\\x\"")]
    [InlineData("\"raw \u0001 control\"")]
    [InlineData("\"one\" \"two\"")]
    [InlineData("")]
    public void A_bad_record_costs_only_itself(string record)
    {
        _desk.ReadEvents(
            ReadingDesk.Line("before"),
            ReadingDesk.Event("function", record),
            ReadingDesk.Line("after"),
            ReadingDesk.Done(ReadingDesk.RequestId));
        Assert.Equal("before", _desk.Records[0].Message);
        Assert.Equal("after", _desk.Records[^2].Message);
        Assert.NotNull(_desk.Signals.FindRuntimeDone(ReadingDesk.RequestId));
        Assert.Single(_desk.Unreadable);
        Assert.Equal((1, _desk.Unreadable[0].Bytes), (_desk.Reader.Unreadable, _desk.Reader.UnreadableBytes));
    }

    [Fact]
    public void The_text_of_a_bad_line_is_passed_on_as_a_warning_of_its_function()
    {
        _desk.ReadEvents(
            ReadingDesk.Start(ReadingDesk.RequestId),
            ReadingDesk.Event("function", "{\"a\":bad \"\u0001}"),
            ReadingDesk.Line("after"));
        var record = _desk.Records[1];
        Assert.Equal("{\"a\":bad \"\u0001}", record.Message);
        Assert.Equal((LogLevel.Warn, "function", ReadingDesk.RequestId), (record.Level, record.LogType, record.RequestId));
        Assert.Equal(UnreadableReason.Syntax, _desk.Unreadable[0].Reason);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("<html>\u0001</html>")]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData("{\"message\":\"no event\"}")]
    [InlineData("{\"type\":\"function\"}")]
    [InlineData("{\"type\":7,\"record\":\"r\"}")]
    [InlineData("{}")]
    public void What_is_no_event_is_passed_on_as_text(string body)
    {
        _desk.Read(body);
        var record = Assert.Single(_desk.Records);
        Assert.Equal((body, LogLevel.Warn, "extension.unreadable"), (record.Message, record.Level, record.LogType));
        Assert.Equal("2026-03-14T09:26:53.500Z", record.Time);
    }

    [Fact]
    public void Garbage_between_events_costs_nothing_but_itself()
    {
        _desk.Read($"[{ReadingDesk.Line("one")},garbage,{ReadingDesk.Line("two")};{ReadingDesk.Line("three")}]");
        Assert.Equal(["one", "garbage,", "two", ";", "three"], _desk.Messages);
    }

    [Fact]
    public void A_record_too_deep_to_read_is_passed_on_as_text()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));
        var record = $$"""{"message":"m","deep":{{deep}}}""";
        _desk.ReadEvents(ReadingDesk.Line("before"), ReadingDesk.Event("function", record), ReadingDesk.Line("after"));
        Assert.Equal(["before", record, "after"], _desk.Messages);
        Assert.Equal(UnreadableReason.TooDeep, _desk.Unreadable[0].Reason);
    }

    [Fact]
    public void A_long_piece_becomes_several_records_cut_between_characters()
    {
        var text = string.Concat(Enumerable.Repeat("世🚀x", 100_000));
        _desk.Read(text);
        Assert.InRange(_desk.Records.Count, 3, 4);
        Assert.Equal(text, string.Concat(_desk.Messages));
        Assert.Equal(1, _desk.Reader.Unreadable);
    }

    [Fact]
    public void An_event_that_looks_like_two_is_read_as_one()
    {
        _desk.ReadEvents(ReadingDesk.Event("function", $$"""{"message":"m","copy":{{ReadingDesk.Line("inner")}}}"""));
        Assert.Equal("m", Assert.Single(_desk.Records).Message);
    }

    [Theory]
    [InlineData("{\"type\":\"function\",\"record\":\"behind\",\"time\":\"2026-03-14T09:26:53.101Z\"}")]
    [InlineData("{\"time\":\"2026-03-14T09:26:53.101Z\",\"record\":\"behind\",\"type\":\"function\"}")]
    [InlineData("{\"record\":\"behind\",\"time\":\"2026-03-14T09:26:53.101Z\",\"type\":\"function\"}")]
    [InlineData("{\"type\":\"function\",\"time\":\"2026-03-14T09:26:53.101Z\",\"record\":\"behind\"}")]
    public void An_event_after_a_broken_one_is_found_whatever_the_order_of_its_keys(string next)
    {
        _desk.ReadEvents(ReadingDesk.Event("function", "\"broken"), next);
        Assert.Equal("behind", _desk.Last.Message);
        Assert.Equal(2, _desk.Records.Count);
    }

    [Fact]
    public void An_object_with_a_type_and_a_record_of_its_own_parts_no_broken_event()
    {
        _desk.ReadEvents(ReadingDesk.Event("function", """{"dns":[{"type":"A","record":"192.0.2.1"}],"broken":bad}"""));
        Assert.Single(_desk.Records);
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\u00ff")]
    public void A_start_that_has_to_be_repaired_gives_no_record_what_is_broken(string part)
    {
        var start = ReadingDesk.Start($"459921b5{part}");
        _desk.Read(System.Text.Encoding.Latin1.GetBytes($"[{ReadingDesk.Line("before")},{start},{ReadingDesk.Line("after")}]"));
        Assert.Equal([null, "459921b5\uFFFD", "459921b5\uFFFD"], _desk.Records.Select(record => record.RequestId));
    }

    [Theory]
    [InlineData("{\"time\":\"")]
    [InlineData("{\"a\":[")]
    [InlineData("[[[[")]
    [InlineData("{\"time\":\"t\",\"type\":\"function\",\"record\":{\"x\":")]
    [InlineData("\"platform.start\"")]
    [InlineData("{\"t\"platform.start\"")]
    [InlineData("\\u")]
    public void A_hostile_body_is_read_in_bounded_time(string part)
    {
        // Quadratic work on a megabyte would take minutes; the runner's own limit would then end the test.
        _desk.Read(string.Concat(Enumerable.Repeat(part, 1024 * 1024 / part.Length)));
        _desk.Reader.FlushHeld();
        Assert.All(_desk.Records, record => Assert.NotEqual("", record.Message));
    }

    [Theory]
    [InlineData("""{"time":"2026-03-14T09:26:53.101Z","type":"function","detail":1}""")]
    [InlineData("""{"type":"function","time":"2026-03-14T09:26:53.101Z","records":[1]}""")]
    [InlineData("""{"type":"function","time":"2026-03-14T09:26:53.101Z","type":"x","record":1}""")]
    [InlineData("""{"time":"yesterday","record":1}""")]
    public void An_object_in_a_broken_event_that_only_resembles_one_is_not_read_as_the_next(string inner)
    {
        // An event has a record behind its time and type; with another key there it is a part of what was logged.
        var desk = new ReadingDesk();
        desk.Read("[" + ReadingDesk.Event("function", "{\"a\":1 2,\"inner\":" + inner + "}") + "," + ReadingDesk.Line("next") + "]");
        Assert.Equal(2, desk.Records.Count);
        Assert.Contains(inner, desk.Records[0].Message);
        Assert.Equal("next", desk.Records[1].Message);
        Assert.Single(desk.Unreadable);
    }
}
