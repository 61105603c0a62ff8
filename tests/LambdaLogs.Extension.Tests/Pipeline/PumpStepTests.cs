using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class PumpStepTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    static readonly PumpInputs Waiting = new() { Now = Now, HasWaiting = true, AttemptsMax = 3 };

    static readonly PumpInputs Flushing = Waiting with { FlushDeadline = Now.AddSeconds(1) };

    [Fact]
    public void With_nothing_to_send_it_rests() => Assert.Equal(Rest, PumpStep.Decide(Waiting with { HasWaiting = false }));

    [Fact]
    public void With_nothing_left_to_send_the_flush_ends() => Assert.Equal(End, PumpStep.Decide(Flushing with { HasWaiting = false }));

    [Fact]
    public void What_waits_is_sent() => Assert.Equal(Send, PumpStep.Decide(Waiting));

    [Fact]
    public void A_paused_pump_rests_whatever_waits() => Assert.Equal(Rest, PumpStep.Decide(Waiting with { Paused = true, HasClosed = true }));

    [Fact]
    public void A_flush_sends_although_the_pump_is_paused() => Assert.Equal(Send, PumpStep.Decide(Flushing with { Paused = true }));

    [Fact]
    public void An_open_batch_waits_for_more_records() => Assert.Equal(Wait(40), PumpStep.Decide(Waiting with { LingerLeft = Ms(40) }));

    [Fact]
    public void A_closed_batch_waits_for_nothing() => Assert.Equal(Send, PumpStep.Decide(Waiting with { LingerLeft = Ms(40), HasClosed = true }));

    [Fact]
    public void A_flush_does_not_wait_for_more_records() => Assert.Equal(Send, PumpStep.Decide(Flushing with { LingerLeft = Ms(40) }));

    [Theory]
    [InlineData(100, 0, 100)]
    [InlineData(100, 200, 200)]
    [InlineData(0, 200, 200)]
    [InlineData(300, 200, 300)]
    public void Nothing_is_sent_before_the_backoff_and_the_probe_are_over(int backoff, int probe, int wait)
    {
        Assert.Equal(Wait(wait), PumpStep.Decide(Waiting with { NotBefore = Now + Ms(backoff), NextProbe = Now + Ms(probe) }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    public void A_flush_does_not_wait_for_a_probe(int probe) => Assert.Equal(End, PumpStep.Decide(Flushing with { NextProbe = Now + Ms(probe) }));

    [Fact]
    public void A_flush_that_was_cut_off_begins_no_further_attempt_in_the_moment_before_its_deadline() =>
        Assert.Equal(End, PumpStep.Decide(Flushing with { IsCutOff = true, FlushDeadline = Now.AddTicks(1) }));

    [Fact]
    public void A_flush_makes_a_probe_that_is_due() => Assert.Equal(Send, PumpStep.Decide(Flushing with { NextProbe = Now }));

    [Fact]
    public void The_last_flush_of_the_process_asks_neither_the_circuit_nor_the_count_of_attempts()
    {
        var last = Flushing with { IsFinal = true };

        Assert.Equal(Send, PumpStep.Decide(last with { NextProbe = Now.AddSeconds(30), FailedAttempts = 99 }));
        Assert.Equal(Wait(100), PumpStep.Decide(last with { NotBefore = Now + Ms(100) }));
        Assert.Equal(End, PumpStep.Decide(last with { NotBefore = Now + Ms(1000) }));
        Assert.Equal(End, PumpStep.Decide(last with { FlushDeadline = Now }));
    }

    [Fact]
    public void A_backoff_that_is_over_holds_nothing() => Assert.Equal(Send, PumpStep.Decide(Waiting with { NotBefore = Now, NextProbe = Now }));

    [Fact]
    public void The_longer_of_backoff_and_linger_counts()
    {
        Assert.Equal(Wait(40), PumpStep.Decide(Waiting with { LingerLeft = Ms(40), NotBefore = Now + Ms(10) }));
        Assert.Equal(Wait(90), PumpStep.Decide(Waiting with { LingerLeft = Ms(40), NotBefore = Now + Ms(90) }));
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    [InlineData(5000, true)]
    public void A_flush_ends_when_the_next_attempt_could_not_begin_in_time(int backoff, bool ends) =>
        Assert.Equal(ends ? End : Wait(backoff), PumpStep.Decide(Flushing with { NotBefore = Now + Ms(backoff) }));

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    public void A_flush_ends_at_its_deadline(int left) => Assert.Equal(End, PumpStep.Decide(Flushing with { FlushDeadline = Now + Ms(left) }));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void A_flush_ends_when_the_attempts_are_used_up(int failed, bool ends) =>
        Assert.Equal(ends ? End : Send, PumpStep.Decide(Flushing with { FailedAttempts = failed }));

    [Fact]
    public void Attempts_in_the_background_are_not_counted() => Assert.Equal(Send, PumpStep.Decide(Waiting with { FailedAttempts = 99 }));

    [Fact]
    public void A_long_wait_is_made_in_parts() =>
        Assert.Equal(new PumpStep(PumpAction.Wait, PumpStep.LongestWait), PumpStep.Decide(Waiting with { NotBefore = Now.AddMinutes(4) }));

    [Theory]
    [InlineData(301)]
    [InlineData(86_400)]
    public void A_time_further_away_than_any_wait_is_of_a_clock_that_was_set_back_and_holds_nothing(int seconds)
    {
        Assert.Equal(Send, PumpStep.Decide(Waiting with { NotBefore = Now.AddSeconds(seconds) }));
        Assert.Equal(Send, PumpStep.Decide(Waiting with { NextProbe = Now.AddSeconds(seconds) }));
        Assert.Equal(Send, PumpStep.Decide(Flushing with { NotBefore = Now.AddSeconds(seconds) }));
    }

    [Fact]
    public void A_probe_further_away_than_the_breaker_ever_waits_holds_nothing() =>
        Assert.Equal(Send, PumpStep.Decide(Waiting with { NextProbe = Now.AddSeconds(61) }));

    static PumpStep Send => new(PumpAction.Send);

    static PumpStep Rest => new(PumpAction.WaitForSignal);

    static PumpStep End => new(PumpAction.EndFlush);

    static PumpStep Wait(int ms) => new(PumpAction.Wait, Ms(ms));

    static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
