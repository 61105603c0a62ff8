using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Without an open connection the sender's thread sends, and the thread that flushes watches the time.</summary>
public sealed class FlushBySenderTests() : FlushTests(hasOpenConnection: false)
{
    [Fact]
    public async Task A_request_that_takes_too_long_is_cut_off_and_nothing_is_in_flight_after_it()
    {
        Rig.Add("one");
        var flush = Rig.FlushAsync(ms: 1000);
        var attempt = await Rig.Destination.NextAsync();
        await Rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(1000));
        Rig.Advance(999);
        Assert.False(attempt.IsInterrupted);

        Rig.Advance(1);
        Assert.False(flush.IsCompleted);
        await attempt.EndWhenCutOffAsync();

        Assert.Equal(FlushResult.CutOff, await flush);
        Assert.False(Rig.Queue.HasInFlight);
        Assert.Equal(1, Rig.Read(ledger => ledger.Waiting));
        Rig.Pipeline.Resume();
        var again = await Rig.Destination.NextAsync();
        Assert.Equal((attempt.Id, attempt.Body), (again.Id, again.Body));
    }

    [Fact]
    public async Task A_request_that_does_not_end_is_abandoned_and_its_response_still_counts()
    {
        Rig.Add("one");
        var flush = Rig.FlushAsync(ms: 1000);
        var attempt = await Rig.Destination.NextAsync();
        await Rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(1000));
        Rig.Advance(1000);
        Assert.False(flush.IsCompleted);

        await Rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        Rig.Advance(50);

        Assert.Equal(FlushResult.CutOff, await flush);
        attempt.Deliver();
        Assert.Equal(FlushResult.Emptied, await Rig.FlushAsync());
        Assert.Equal((1, 1), (Rig.Destination.Attempts, Rig.Read(ledger => ledger.Delivered)));
    }

    [Fact]
    public async Task An_attempt_that_was_cut_off_counts_for_the_circuit()
    {
        for (var invocation = 0; invocation < 3; invocation++)
        {
            Assert.False(Rig.Breaker.IsOpen);
            Rig.Pipeline.Resume();
            if (invocation == 0)
                Rig.Add("one");
            var flush = Rig.FlushAsync(ms: 100);
            var attempt = await Rig.Destination.NextAsync();
            await Rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(100));
            Rig.Advance(100);
            await attempt.EndWhenCutOffAsync();
            Assert.Equal(FlushResult.CutOff, await flush);
        }

        Assert.True(Rig.Breaker.IsOpen);
        Assert.Single(Rig.Lines.With("the endpoint did not respond before the deadline"));
    }

    [Fact]
    public async Task The_sender_sends()
    {
        var threads = new List<int>();
        Rig.Destination.OnAttempt = attempt => Deliver(attempt, threads);
        Rig.Add("one");
        var flushing = 0;
        await Task.Run(() => Flush(out flushing), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(flushing, threads);
    }

    void Flush(out int thread)
    {
        thread = Environment.CurrentManagedThreadId;
        Rig.Pipeline.Flush(Rig.Now + TimeSpan.FromSeconds(1), isFinal: false);
    }

    static void Deliver(SendAttempt attempt, List<int> threads)
    {
        threads.Add(Environment.CurrentManagedThreadId);
        attempt.Deliver();
    }
}
