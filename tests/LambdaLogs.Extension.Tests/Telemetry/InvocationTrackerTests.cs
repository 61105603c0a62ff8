using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class InvocationTrackerTests
{
    const string First = ReadingDesk.RequestId;
    const string Second = ReadingDesk.OtherRequestId;
    const string Third = "15b0ebbb-5cf8-49e2-8cbe-1d58a18330d2";

    readonly ReadingDesk _desk = new();

    [Fact]
    public void A_line_before_any_start_is_of_no_invocation()
    {
        var record = _desk.ReadLine("loading");
        Assert.Equal((null, null, null), (record.RequestId, record.TraceId, record.ColdStart));
    }

    [Fact]
    public void A_line_is_of_the_invocation_that_ran_at_its_time()
    {
        _desk.ReadEvents(
            ReadingDesk.Line("init", "2026-03-14T11:00:00.000Z"),
            ReadingDesk.Start(First, "2026-03-14T11:00:01.000Z"),
            ReadingDesk.Line("one", "2026-03-14T11:00:01.000Z"),
            ReadingDesk.Done(First, "2026-03-14T11:00:01.500Z"),
            ReadingDesk.Start(Second, "2026-03-14T11:05:00.000Z"),
            ReadingDesk.Line("late init", "2026-03-14T11:00:00.999Z"),
            ReadingDesk.Line("late one", "2026-03-14T11:00:01.600Z"),
            ReadingDesk.Line("two", "2026-03-14T11:05:00.001Z"));
        Assert.Equal(
            [("init", null, null), ("one", First, true), ("late init", null, null), ("late one", First, true), ("two", Second, false)],
            from record in _desk.Records
            where record.LogType == "function"
            select (record.Message, record.RequestId, record.ColdStart));
    }

    [Fact]
    public void A_line_has_the_span_of_its_invocation_unless_it_names_another_trace()
    {
        const string Header = "Root=1-69b5a1c3-1e2c502e358361800241fd45;Parent=35465b3a9e2f7c6a;Sampled=1";
        var record = $$"""{"requestId":"{{First}}","tracing":{"type":"X-Amzn-Trace-Id","value":"{{Header}}"} }""";
        _desk.ReadEvents(ReadingDesk.Event("platform.start", record));
        Assert.Equal("35465b3a9e2f7c6a", _desk.ReadLine("one").SpanId);
        Assert.Equal("35465b3a9e2f7c6a", _desk.Records[0].SpanId);
        Assert.Null(_desk.ReadLine("""{"message":"x","traceId":"1-69b5a1c3-aaaaaaaaaaaaaaaaaaaaaaaa"}""").SpanId);
    }

    [Fact]
    public void A_lines_own_id_counts_more_than_its_time()
    {
        _desk.ReadEvents(ReadingDesk.Start(First, "2026-03-14T11:00:01.000Z"), ReadingDesk.Start(Second, "2026-03-14T11:05:00.000Z"));
        var record = _desk.ReadLine($"2026-03-14T11:05:00.100Z\t{First}\tINFO\tbackground task");
        Assert.Equal((First, true), (record.RequestId, record.ColdStart));
    }

    [Fact]
    public void An_id_that_no_platform_event_had_is_no_request_id()
    {
        _desk.ReadEvents(ReadingDesk.Start(First));
        var record = _desk.ReadLine($"2026-03-14T11:05:00.100Z\t{Third}\tINFO\tfrom elsewhere");
        Assert.Equal((First, true), (record.RequestId, record.ColdStart));

        record = _desk.ReadObject($$"""{"message":"x","name":"AccessDenied","requestId":"{{Third}}"}""");
        Assert.Equal((First, "name requestId"), (record.RequestId, record.AttributeNames));

        record = _desk.ReadLine("ERROR Invoke Error \t" + $$"""{"errorMessage":"x","requestId":"{{Third}}"}""");
        Assert.Equal(First, record.RequestId);

        record = _desk.ReadLine($"{Third} is the order's id");
        Assert.Equal(First, record.RequestId);
    }

    [Fact]
    public void An_id_before_any_start_is_no_request_id()
    {
        var desk = new ReadingDesk(trustsIds: false);
        var record = desk.ReadObject($$"""{"message":"x","requestId":"{{Third}}"}""");
        Assert.Equal((null, "requestId"), (record.RequestId, record.AttributeNames));
    }

    [Fact]
    public void An_id_after_the_end_of_the_last_invocation_is_that_of_the_next_one()
    {
        // Lines may come before the start of their invocation; none of those that ran can have written it.
        _desk.ReadEvents(ReadingDesk.Start(First, "2026-03-14T11:00:00.000Z"), ReadingDesk.Done(First, "2026-03-14T11:00:01.000Z"));
        Read("2026-03-14T11:00:00.900Z");
        Assert.Equal((First, true), (_desk.Last.RequestId, _desk.Last.ColdStart));
        Read("2026-03-14T11:00:02.000Z");
        Assert.Equal((Second, false), (_desk.Last.RequestId, _desk.Last.ColdStart));

        void Read(string time) => _desk.ReadEvents(ReadingDesk.Line($"{time}\t{Second}\tINFO\tnext", time));
    }

    [Fact]
    public void A_line_with_an_id_before_any_start_says_nothing_of_a_cold_start()
    {
        var record = _desk.ReadLine($"2026-03-14T11:05:00.100Z\t{First}\tINFO\tfirst");
        Assert.Equal((First, null), (record.RequestId, record.ColdStart));
    }

    [Fact]
    public void A_line_may_stand_before_the_start_of_its_invocation()
    {
        _desk.ReadEvents(
            ReadingDesk.Line("one", "2026-03-14T11:00:01.010Z"),
            ReadingDesk.Start(First, "2026-03-14T11:00:01.000Z"));
        Assert.Equal(First, _desk.Records[0].RequestId);

        _desk.ReadEvents(
            ReadingDesk.Done(First, "2026-03-14T11:00:01.500Z"),
            ReadingDesk.Line("two", "2026-03-14T11:05:00.010Z"),
            ReadingDesk.Line("late one", "2026-03-14T11:00:01.499Z"),
            ReadingDesk.Start(Second, "2026-03-14T11:05:00.000Z"));
        Assert.Equal([First, Second, First, Second], _desk.Records[^4..].Select(record => record.RequestId));
    }

    [Fact]
    public void A_start_that_comes_twice_is_one_invocation()
    {
        _desk.ReadEvents(ReadingDesk.Start(First)).ReadEvents(ReadingDesk.Start(First));
        Assert.All(_desk.Records, record => Assert.True(record.ColdStart));
        Assert.True(_desk.ReadLine("line").ColdStart);
    }

    [Fact]
    public void An_invocation_that_is_made_again_under_its_id_has_its_own_lines()
    {
        _desk.ReadEvents(
            ReadingDesk.Start(First, "2026-03-14T11:00:00.000Z"),
            ReadingDesk.Line("fails", "2026-03-14T11:00:00.100Z"),
            ReadingDesk.Done(First, "2026-03-14T11:00:00.200Z", "error"),
            ReadingDesk.Start(Second, "2026-03-14T11:00:30.000Z"),
            ReadingDesk.Done(Second, "2026-03-14T11:00:30.200Z"),
            ReadingDesk.Start(First, "2026-03-14T11:01:00.000Z"),
            ReadingDesk.Line("again", "2026-03-14T11:01:00.100Z"),
            ReadingDesk.Line("late", "2026-03-14T11:00:00.150Z"),
            ReadingDesk.Line($"2026-03-14T11:01:00.100Z\t{First}\tINFO\tby its id", "2026-03-14T11:01:00.101Z"),
            ReadingDesk.Line($"2026-03-14T11:00:00.100Z\t{First}\tINFO\tlate by its id", "2026-03-14T11:00:00.199Z"));

        Assert.Equal(
            [
                ("fails", First, true), ("again", First, false), ("late", First, true),
                ("by its id", First, false), ("late by its id", First, true),
            ],
            from record in _desk.Records
            where record.LogType == "function"
            select (record.Message.Split('\t')[^1], record.RequestId, record.ColdStart));
    }

    [Fact]
    public void A_start_that_comes_twice_after_another_attempt_is_none()
    {
        _desk.ReadEvents(ReadingDesk.Start(First, "2026-03-14T11:00:00.000Z"), ReadingDesk.Start(First, "2026-03-14T11:01:00.000Z"));
        _desk.ReadEvents(ReadingDesk.Start(First, "2026-03-14T11:00:00.000Z"));

        _desk.ReadEvents(ReadingDesk.Line("again", "2026-03-14T11:01:00.100Z"));
        Assert.False(_desk.Last.ColdStart);
    }

    [Fact]
    public void The_trace_of_the_start_is_that_of_its_lines()
    {
        const string Header = "Root=1-69b5a1c3-1e2c502e358361800241fd45;Parent=35465b3a9e2f7c6a;Sampled=1";
        const string Tracing = $$"""{"type":"X-Amzn-Trace-Id","value":"{{Header}}"}""";
        _desk.ReadEvents(ReadingDesk.Event("platform.start", $$"""{"requestId":"{{First}}","tracing":{{Tracing}}}"""));
        Assert.Equal("1-69b5a1c3-1e2c502e358361800241fd45", _desk.ReadLine("line").TraceId);
        Assert.Equal("1-69b5a1c3-1e2c502e358361800241fd45", _desk.Records[0].TraceId);
    }

    [Fact]
    public void Where_invocations_run_side_by_side_only_a_lines_own_id_counts()
    {
        var desk = new ReadingDesk(concurrentInvocations: true);
        desk.ReadEvents(ReadingDesk.Start(First), ReadingDesk.Start(Second));
        Assert.Null(desk.ReadLine("line").RequestId);
        Assert.Null(desk.Last.ColdStart);
        Assert.True(desk.ReadObject($$"""{"message":"m","requestId":"{{First}}"}""").ColdStart);
        Assert.False(desk.ReadObject($$"""{"message":"m","requestId":"{{Second}}"}""").ColdStart);
    }

    [Fact]
    public void Eight_invocations_are_remembered()
    {
        for (var i = 0; i < 9; i++)
            _desk.ReadEvents(ReadingDesk.Start($"{i}59921b5-681c-4a96-beb0-81e0aa586026", $"2026-03-14T11:00:0{i}.000Z"));
        _desk.ReadEvents(
            ReadingDesk.Line("oldest that is known", "2026-03-14T11:00:01.500Z"),
            ReadingDesk.Line("forgotten", "2026-03-14T11:00:00.500Z"));
        Assert.Equal("159921b5-681c-4a96-beb0-81e0aa586026", _desk.Records[^2].RequestId);
        Assert.Null(_desk.Last.RequestId);
    }
}
