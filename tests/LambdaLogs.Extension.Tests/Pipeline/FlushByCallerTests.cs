using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Over an open connection the thread that flushes sends by itself. What is not delivered is left to the sender.</summary>
public sealed class FlushByCallerTests() : FlushTests(hasOpenConnection: true)
{
    readonly List<int> _threads = [];

    [Fact]
    public void The_thread_that_flushes_sends_everything()
    {
        Rig.Destination.OnAttempt = attempt => Respond(attempt, attempt.Deliver);
        AddForFlush("one", "two", "three", "four");

        Assert.Equal(FlushResult.Emptied, Flush());

        Assert.Equal([Environment.CurrentManagedThreadId, Environment.CurrentManagedThreadId], _threads);
        Assert.Equal(4, Rig.Read(ledger => ledger.Delivered));
    }

    [Fact]
    public void What_comes_meanwhile_is_sent_as_well()
    {
        Rig.Destination.OnAttempt = attempt => Respond(attempt, () =>
        {
            if (_threads.Count == 1)
                Rig.Add("two");
            attempt.Deliver();
        });
        AddForFlush("one");

        Assert.Equal(FlushResult.Emptied, Flush());

        Assert.Equal([Environment.CurrentManagedThreadId, Environment.CurrentManagedThreadId], _threads);
    }

    [Fact]
    public void What_is_refused_is_left_to_the_sender()
    {
        Rig.Unit = 0;
        Rig.Destination.OnAttempt = attempt => Respond(attempt, () =>
        {
            if (_threads.Count == 1)
                attempt.Refuse(Verdict.Retry, 503);
            else
                attempt.Deliver();
        });
        AddForFlush("one");

        Assert.Equal(FlushResult.Emptied, Flush());

        Assert.Equal(2, _threads.Count);
        Assert.Equal(Environment.CurrentManagedThreadId, _threads[0]);
        Assert.NotEqual(Environment.CurrentManagedThreadId, _threads[1]);
    }

    [Fact]
    public void An_attempt_that_fails_unexpectedly_is_left_to_the_sender()
    {
        Rig.Unit = 0;
        Rig.Destination.OnAttempt = attempt => Respond(attempt, () =>
        {
            if (_threads.Count == 1)
                attempt.Throw(new InvalidOperationException("made up"));
            else
                attempt.Deliver();
        });
        AddForFlush("one");

        Assert.Equal(FlushResult.Emptied, Flush());

        Assert.Equal(2, _threads.Count);
        Assert.Single(Rig.Lines.With("sending failed unexpectedly"));
    }

    [Fact]
    public void An_attempt_that_its_deadline_ends_leaves_the_batch_waiting()
    {
        Rig.Destination.OnAttempt = attempt => Respond(attempt, () =>
        {
            Assert.Equal(Rig.Clock.GetTimestamp() + Rig.Clock.TimestampFrequency, attempt.Limit.DeadlineTimestamp);
            Rig.Clock.Advance(TimeSpan.FromSeconds(1));
            attempt.Response(new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null));
        });
        AddForFlush("one");

        Assert.Equal(FlushResult.CutOff, Flush());

        Assert.False(Rig.Queue.HasInFlight);
        Assert.Equal((1, 1), (Rig.Destination.Attempts, Rig.Read(ledger => ledger.Waiting)));
    }

    [Fact]
    public async Task The_sender_sends_again_afterwards()
    {
        Rig.Destination.OnAttempt = attempt => Respond(attempt, attempt.Deliver);
        AddForFlush("one");
        Flush();
        Rig.Destination.Rest();

        Rig.Pipeline.Resume();
        Rig.Add("two", "three", "four");

        Assert.Equal(["two", "three"], (await Rig.Destination.NextAsync()).Messages);
        Assert.NotEqual(_threads[0], _threads[^1]);
    }

    [Fact]
    public async Task The_last_flush_of_the_process_is_the_senders()
    {
        Rig.Destination.OnAttempt = attempt => Respond(attempt, attempt.Deliver);
        AddForFlush("one");
        var own = 0;

        await Task.Run(
            () =>
            {
                own = Environment.CurrentManagedThreadId;
                Rig.Pipeline.Flush(Rig.Now + TimeSpan.FromSeconds(1), isFinal: true);
            },
            TestContext.Current.CancellationToken);

        Assert.DoesNotContain(own, _threads);
    }

    FlushResult Flush() => Rig.Pipeline.Flush(Rig.Now + TimeSpan.FromSeconds(1), isFinal: false);

    void Respond(SendAttempt attempt, Action respond)
    {
        _threads.Add(Environment.CurrentManagedThreadId);
        respond();
    }

    /// <summary>Adds records that only a flush sends: after it the sender is idle, and only then it lends its turn.</summary>
    void AddForFlush(params ReadOnlySpan<string> messages)
    {
        Rig.Pause();
        Rig.Add(messages);
        Assert.True(SpinWait.SpinUntil(() => Rig.IsIdle, TimeSpan.FromSeconds(30)));
    }
}
