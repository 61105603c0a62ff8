using System.Collections.Concurrent;
using System.Text;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class PlatformSignalsTests
{
    /// <summary>No wait of a test that passes takes that long.</summary>
    static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    readonly ReadingDesk _desk = new();

    [Fact]
    public void An_invocations_end_tells_how_it_ended()
    {
        _desk.ReadEvents(ReadingDesk.Event(
            "platform.runtimeDone",
            """{"requestId":"i","status":"error","errorType":"Runtime.OutOfMemory","metrics":{"durationMs":10930.5} }"""));
        var done = _desk.Signals.FindRuntimeDone("i");
        var expected = new RuntimeDone("i", PlatformStatus.Error, "Runtime.OutOfMemory", TimeSpan.FromMilliseconds(10930.5)) { Time = ReadingDesk.Time };
        Assert.Equal(expected, done);
        Assert.Equal(1, _desk.Signals.RuntimeDoneCount);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("42")]
    [InlineData("""{"requestId":7,"status":{},"errorType":"","metrics":{"durationMs":-1}}""")]
    public void An_end_without_its_fields_is_an_end_all_the_same(string record)
    {
        _desk.ReadEvents(ReadingDesk.Event("platform.runtimeDone", record));
        Assert.Equal(new RuntimeDone("", PlatformStatus.None, null, null) { Time = ReadingDesk.Time }, _desk.Signals.FindRuntimeDone(""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_that_is_expected_is_found_however_many_others_are_made_up(bool inOneBody)
    {
        _desk.Signals.Expect("real");
        string[] ends = [ReadingDesk.Done("real"), .. Enumerable.Range(0, 40).Select(index => ReadingDesk.Done($"forged-{index}"))];
        if (inOneBody)
            _desk.ReadEvents(ends);
        else
            Array.ForEach(ends, end => _desk.ReadEvents(end));

        Assert.Equal("real", _desk.Signals.FindRuntimeDone("real")?.RequestId);
    }

    [Fact]
    public void A_made_up_event_is_remembered_with_no_more_than_a_short_text()
    {
        var huge = new string('x', 100_000);
        _desk.ReadEvents(ReadingDesk.Event("platform.runtimeDone", $$"""{"requestId":"{{huge}}","status":"error","errorType":"{{huge}}"}"""));

        Assert.Null(_desk.Signals.FindRuntimeDone(huge));
        Assert.Equal(new RuntimeDone("", PlatformStatus.Error, "", null) { Time = ReadingDesk.Time }, _desk.Signals.FindRuntimeDone(""));
    }

    [Fact]
    public void An_invocation_that_began_while_its_end_was_read_finds_it()
    {
        var post = new PostSignals(_ => false);
        post.AddRuntimeDone(new RuntimeDone("real", PlatformStatus.Success, null, null));
        _desk.Signals.Expect("real");
        _desk.Signals.Publish(post);
        for (var index = 0; index < 40; index++)
            _desk.ReadEvents(ReadingDesk.Done($"forged-{index}"));

        Assert.NotNull(_desk.Signals.FindRuntimeDone("real"));
    }

    [Fact]
    public void An_end_that_came_before_it_was_expected_is_kept_from_then_on()
    {
        _desk.ReadEvents(ReadingDesk.Done("early"));
        _desk.Signals.Expect("early");

        for (var index = 0; index < 40; index++)
            _desk.ReadEvents(ReadingDesk.Done($"forged-{index}"));

        Assert.NotNull(_desk.Signals.FindRuntimeDone("early"));
    }

    [Fact]
    public void The_end_of_one_attempt_is_not_that_of_the_next_under_the_same_id()
    {
        Attempt(1, "error");
        Assert.Equal(PlatformStatus.Error, _desk.Signals.FindRuntimeDone("again")?.Status);

        _desk.Signals.Expect("again");
        Assert.Null(_desk.Signals.FindRuntimeDone("again"));
        Assert.Null(_desk.Signals.FindReport("again"));
        _desk.ReadEvents(ReadingDesk.Start("again", Second(2)), ReadingDesk.Done("again", Second(3)), Report(Second(3)));

        Assert.Equal(PlatformStatus.Success, _desk.Signals.FindRuntimeDone("again")?.Status);
        Assert.NotNull(_desk.Signals.FindReport("again"));
    }

    [Fact]
    public void An_end_that_is_reported_twice_is_not_that_of_the_next_attempt()
    {
        Attempt(1, "error");
        _desk.Signals.Expect("again");
        _desk.ReadEvents(ReadingDesk.Done("again", Second(1), "error"), Report(Second(1)));

        Assert.Null(_desk.Signals.FindRuntimeDone("again"));
        Assert.Null(_desk.Signals.FindReport("again"));
    }

    [Fact]
    public void The_end_of_an_attempt_that_comes_after_the_beginning_of_the_next_is_not_its_end()
    {
        _desk.Signals.Expect("again");
        _desk.ReadEvents(ReadingDesk.Start("again", Second(0)));
        _desk.Signals.Expect("again");
        _desk.ReadEvents(ReadingDesk.Done("again", Second(1), "error"), ReadingDesk.Start("again", Second(2)));
        Assert.Null(_desk.Signals.FindRuntimeDone("again"));

        _desk.ReadEvents(ReadingDesk.Done("again", Second(3)));
        Assert.NotNull(_desk.Signals.FindRuntimeDone("again"));
    }

    [Fact]
    public void An_attempt_whose_end_got_lost_does_not_hide_the_end_of_the_next()
    {
        _desk.Signals.Expect("again");
        _desk.ReadEvents(ReadingDesk.Start("again", Second(0)));
        _desk.Signals.Expect("again");
        _desk.ReadEvents(ReadingDesk.Start("again", Second(2)), ReadingDesk.Done("again", Second(3)), Report(Second(3)));

        Assert.NotNull(_desk.Signals.FindRuntimeDone("again"));
        Assert.NotNull(_desk.Signals.FindReport("again"));
    }

    [Fact]
    public void The_end_of_a_further_attempt_may_come_before_it_is_expected()
    {
        Attempt(1, "error");
        _desk.ReadEvents(ReadingDesk.Start("again", Second(2)), ReadingDesk.Done("again", Second(3)), Report(Second(3)));
        _desk.Signals.Expect("again");

        Assert.Equal(PlatformStatus.Success, _desk.Signals.FindRuntimeDone("again")?.Status);
        Assert.NotNull(_desk.Signals.FindReport("again"));
    }

    [Fact]
    public void Absurd_counts_of_dropped_records_end_at_the_largest_number()
    {
        const string Absurd = """{"droppedRecords":9223372036854775807,"droppedBytes":9223372036854775807}""";
        for (var count = 0; count < 3; count++)
            _desk.ReadEvents(ReadingDesk.Event("platform.logsDropped", Absurd), ReadingDesk.Event("platform.logsDropped", Absurd));

        Assert.Equal((long.MaxValue, long.MaxValue), (_desk.Signals.DroppedRecords, _desk.Signals.DroppedBytes));
    }

    [Fact]
    public void Ends_and_reports_are_remembered_for_a_while()
    {
        for (var i = 0; i < PlatformSignals.Remembered + 1; i++)
        {
            _desk.ReadEvents(
                ReadingDesk.Done($"id-{i}"),
                ReadingDesk.Event("platform.report", $$"""{"requestId":"id-{{i}}","status":"timeout"}"""));
        }

        Assert.Null(_desk.Signals.FindRuntimeDone("id-0"));
        Assert.Null(_desk.Signals.FindReport("id-0"));
        Assert.NotNull(_desk.Signals.FindRuntimeDone("id-1"));
        Assert.Equal(new InvocationReport("id-1", PlatformStatus.Timeout) { Time = ReadingDesk.Time }, _desk.Signals.FindReport("id-1"));
        Assert.Equal(PlatformSignals.Remembered + 1, _desk.Signals.Reports);
    }

    [Fact]
    public void What_Lambda_dropped_is_added_up()
    {
        _desk.ReadEvents(ReadingDesk.Event("platform.logsDropped", """{"droppedBytes":12345,"droppedRecords":123}"""));
        _desk.ReadEvents(ReadingDesk.Event("platform.logsDropped", """{"droppedBytes":910,"droppedRecords":7}"""));
        _desk.ReadEvents(ReadingDesk.Event("platform.logsDropped", """{"droppedBytes":-1,"droppedRecords":"many"}"""));
        Assert.Equal((130, 13255), (_desk.Signals.DroppedRecords, _desk.Signals.DroppedBytes));
    }

    [Fact]
    public void Starts_of_environments_are_reported()
    {
        Assert.Null(_desk.Signals.InitStart);
        _desk.ReadEvents(ReadingDesk.Event(
            "platform.initStart",
            """{"initializationType":"snap-start","phase":"init","instanceId":"2026/[7]aa\u0041"}"""));
        Assert.Equal(new InitStart("snap-start", "init", "2026/[7]aaA"), _desk.Signals.InitStart);

        _desk.ReadEvents(ReadingDesk.Event("platform.restoreStart", "{}"));
        Assert.Equal(1, _desk.Signals.RestoreStarts);
        Assert.NotNull(_desk.Signals.InitStart);
    }

    [Fact]
    public void Every_POST_is_counted_whatever_is_in_it()
    {
        _desk.Read("").Read("[]").Read("garbage").ReadEvents(ReadingDesk.Line("line"));
        Assert.Equal(4, _desk.Signals.PostsHandled);
    }

    [Fact]
    public void A_wait_without_time_only_looks()
    {
        Assert.False(_desk.Signals.WaitFor(_ => false, TimeSpan.Zero));
        Assert.False(_desk.Signals.WaitFor(_ => false, TimeSpan.FromSeconds(-1)));
        Assert.True(_desk.Signals.WaitFor(_ => true, TimeSpan.Zero));
    }

    [Fact]
    public void A_wait_ends_at_its_limit() => Assert.False(_desk.Signals.WaitFor(_ => false, TimeSpan.FromMilliseconds(20)));

    [Fact]
    public async Task A_wait_ends_with_the_POST_that_makes_it_true()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiter = Task.Run(() => _desk.Signals.WaitFor(IsDone, Long), TestContext.Current.CancellationToken);
        await waiting.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        _desk.ReadEvents(ReadingDesk.Line("not yet"));
        _desk.ReadEvents(ReadingDesk.Done(ReadingDesk.RequestId));
        Assert.True(await waiter.WaitAsync(Long, TestContext.Current.CancellationToken));

        bool IsDone(PlatformSignals signals)
        {
            waiting.TrySetResult();
            return signals.FindRuntimeDone(ReadingDesk.RequestId) is not null;
        }
    }

    [Fact]
    public async Task POSTs_do_not_prolong_a_wait()
    {
        using var looked = new SemaphoreSlim(0);
        var waiter = Task.Run(() => _desk.Signals.WaitFor(IsNever, Long), TestContext.Current.CancellationToken);
        await looked.WaitAsync(Long, TestContext.Current.CancellationToken);

        // The clock passes the limit while the waiter sleeps: the next POST wakes it, and it must not sleep again.
        _desk.Clock.Pass(Long + TimeSpan.FromSeconds(1));
        _desk.ReadEvents(ReadingDesk.Line("still nothing"));
        Assert.False(await waiter.WaitAsync(Long, TestContext.Current.CancellationToken));

        bool IsNever(PlatformSignals _)
        {
            looked.Release();
            return false;
        }
    }

    [Fact]
    public async Task A_POST_tells_whether_it_ends_the_wait_of_a_thread_that_flushes_next()
    {
        Assert.False(Reads(ReadingDesk.Done("nobody")));
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiter = Task.Run(() => _desk.Signals.WaitFor(IsDone, Long, flushes: true), TestContext.Current.CancellationToken);
        await waiting.Task.WaitAsync(Long, TestContext.Current.CancellationToken);

        Assert.False(Reads(ReadingDesk.Line("not yet")));
        Assert.True(Reads(ReadingDesk.Done(ReadingDesk.RequestId)));

        Assert.True(await waiter.WaitAsync(Long, TestContext.Current.CancellationToken));
        Assert.False(Reads(ReadingDesk.Done(ReadingDesk.RequestId)));

        bool IsDone(PlatformSignals signals)
        {
            var isDone = signals.FindRuntimeDone(ReadingDesk.RequestId) is not null;
            waiting.TrySetResult();
            return isDone;
        }
    }

    [Fact]
    public async Task A_POST_leaves_a_thread_asleep_that_waits_for_another()
    {
        var threads = new ConcurrentBag<int>();
        using var looked = new SemaphoreSlim(0);
        var waiter = Task.Run(() => (Environment.CurrentManagedThreadId, _desk.Signals.WaitFor(IsDone, Long)), TestContext.Current.CancellationToken);
        await looked.WaitAsync(Long, TestContext.Current.CancellationToken);

        for (var count = 0; count < 100; count++)
            _desk.ReadEvents(ReadingDesk.Line("not yet"));
        _desk.ReadEvents(ReadingDesk.Done(ReadingDesk.RequestId));

        var (thread, isMet) = await waiter.WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.True(isMet);
        // It looks before it waits, and never again: the thread that brings the POSTs does.
        Assert.Equal(1, threads.Count(looking => looking == thread));

        bool IsDone(PlatformSignals signals)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            looked.Release();
            return signals.FindRuntimeDone(ReadingDesk.RequestId) is not null;
        }
    }

    /// <returns>Whether the POST ended the wait of a thread that flushes next.</returns>
    bool Reads(string telemetry)
    {
        var flushFollows = _desk.Reader.Read(Encoding.UTF8.GetBytes($"[{telemetry}]"));
        _desk.Reader.SignalWaiters();
        return flushFollows;
    }

    /// <summary>The first attempt of an invocation, from its beginning to the report on it.</summary>
    void Attempt(int endSecond, string status)
    {
        _desk.Signals.Expect("again");
        _desk.ReadEvents(
            ReadingDesk.Start("again", Second(0)), ReadingDesk.Done("again", Second(endSecond), status), Report(Second(endSecond)));
    }

    static string Second(int second) => $"2026-03-14T11:00:0{second}.000Z";

    static string Report(string time) => ReadingDesk.Event("platform.report", """{"requestId":"again","status":"success"}""", time);
}
