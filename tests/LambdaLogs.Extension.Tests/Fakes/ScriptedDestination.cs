using System.Threading.Channels;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>A destination whose every attempt waits for the test's response, unless <see cref="OnAttempt"/> gives it.</summary>
internal sealed class ScriptedDestination(TimeProvider time) : IDestination
{
    readonly Channel<SendAttempt> _attempts = Channel.CreateUnbounded<SendAttempt>();
    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _count;
    int _drops;

    /// <summary>Called with every attempt as it begins; may respond to it.</summary>
    public Action<SendAttempt> OnAttempt { get; set; } = _ => { };

    /// <summary>Called when connections are dropped.</summary>
    public Action OnDrop { get; set; } = () => { };

    /// <summary>Whether a connection is said to be open.</summary>
    public bool HasOpenConnection { get; set; }

    /// <summary>How many attempts have begun.</summary>
    public int Attempts => Volatile.Read(ref _count);

    /// <summary>How often connections were dropped.</summary>
    public int Drops => Volatile.Read(ref _drops);

    /// <summary>The next attempt, in order; waits for it.</summary>
    public Task<SendAttempt> NextAsync() =>
        _attempts.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Within("an attempt to send");

    /// <summary>All attempts that have begun and that nobody has taken yet.</summary>
    public List<SendAttempt> Rest()
    {
        var rest = new List<SendAttempt>();
        while (_attempts.Reader.TryRead(out var attempt))
            rest.Add(attempt);
        return rest;
    }

    public SendResult Send(ReadOnlySpan<byte> body, BatchLabel batch, in AttemptLimit limit)
    {
        Interlocked.Increment(ref _count);
        var attempt = new SendAttempt(body, batch, time.GetUtcNow(), limit);
        OnAttempt(attempt);
        _attempts.Writer.TryWrite(attempt);
        return attempt.End(body, _closed.Task);
    }

    /// <summary>Lets time pass until an attempt is told to end.</summary>
    public Task InterruptedAsync(SendAttempt attempt, ManualClock clock) => Task.Run(() =>
    {
        // To what somebody waits for and no further, however slow the machine is.
        while (!attempt.Limit.Interrupt.Wait(1))
            clock.AdvanceToTimer();
    }).Within("the attempt to be cut off");

    /// <summary>The test is over: attempts that nobody has responded to come to nothing.</summary>
    public void Close() => _closed.TrySetResult();

    public void InvalidateConnections()
    {
        Interlocked.Increment(ref _drops);
        OnDrop();
    }
}
