using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <content>Flushes: at the end of an invocation, and at the end of the process.</content>
internal sealed partial class SenderPump
{
    // How long an attempt may take to notice that it was cut off.
    static readonly TimeSpan CutOffGrace = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Sends what waits, and blocks until it is done. Sending is paused afterwards until <see cref="Resume"/>, because the environment may
    /// be frozen.
    /// </summary>
    /// <param name="deadline">The latest end, by the wall clock.</param>
    /// <param name="isFinal">Whether the process ends afterwards.</param>
    public FlushResult Flush(DateTimeOffset deadline, bool isFinal)
    {
        var left = deadline - context.Time.GetUtcNow();
        var flush = new Flush(deadline, context.Time.TimestampIn(left > TimeSpan.Zero ? left : TimeSpan.Zero), isFinal);
        bool sendsHere, mustSignal;
        lock (queue.Gate)
        {
            _state.Paused = true;
            if (!queue.HasWaiting && !queue.HasInFlight)
                return FlushResult.Emptied;

            _state.IsShutdown |= isFinal;
            _state.Flush = flush;
            sendsHere = _isLent = !isFinal && MaySendHere;
            mustSignal = !sendsHere && TakeWaiting();
        }

        // Without the lock, which is the first that the other thread takes.
        if (mustSignal)
            _signal.Signal();
        if (sendsHere)
            SendHere(flush);
        if (isFinal)
            ReserveSecondAttempt(flush);
        if (ResultOf(flush, flush.Until) is { } result)
            return result;

        CutOff(flush);
        if (ResultOf(flush, context.Time.TimestampIn(CutOffGrace)) is { } late)
            return late;

        // The thread does not wait longer for an attempt that does not end.
        lock (queue.Gate)
        {
            EndFlush();
            return flush.Result ?? FlushResult.CutOff;
        }
    }

    /// <summary>
    /// Whether the thread that flushes may send: the sender is idle, and nothing can last longer than the flush's time. Requires the lock
    /// to be held.
    /// </summary>
    bool MaySendHere => IsIdle && _state is { Failures: 0, IsShutdown: false } && destination.HasOpenConnection;

    /// <summary>
    /// Sends on the calling thread. To wake the sender and to be woken by it would cost more than the sending. If a batch is not delivered,
    /// the sender goes on.
    /// </summary>
    void SendHere(Flush flush)
    {
        try
        {
            while (TrySendNext())
            {
            }
        }
        finally
        {
            lock (queue.Gate)
            {
                _isLent = false;
                flush.IsCutOff |= flush.Result is null && context.Time.GetTimestamp() >= flush.Until;
                if (flush.Result is null || _scheduled.At is not null || queue.HasUnused)
                    Signal();
            }
        }
    }

    /// <returns>Whether a batch was delivered: there may be another.</returns>
    bool TrySendNext()
    {
        Batch? batch;
        AttemptLimit limit;
        BatchLabel label;
        lock (queue.Gate)
        {
            var step = NextStep();
            if (step.Action == PumpAction.EndFlush)
                EndFlush();
            if (step.Action != PumpAction.Send || (batch = BeginAttempt(out limit, out label)) is null)
                return false;
        }

        Send(batch, label, limit);
        return _state.AcceptsData;
    }

    /// <summary>
    /// Ends the current attempt because the flush's time is up. The sender ends the flush after the attempt has returned, so that nothing
    /// is in flight then.
    /// </summary>
    void CutOff(Flush flush)
    {
        lock (queue.Gate)
        {
            flush.IsCutOff = true;
            if (_state.IsAttempting)
                _interrupt.Signal();
            Signal();
        }
    }

    /// <summary>
    /// In the last flush, a request from before the shutdown may hang on a dead connection. After most of the time it is repeated once over
    /// a new connection, but not before it has taken clearly longer than the last one. A request of the shutdown itself is not repeated:
    /// its connection is new.
    /// </summary>
    void ReserveSecondAttempt(Flush flush)
    {
        long patience;
        lock (queue.Gate)
        {
            var now = context.Time.GetTimestamp();
            patience = now + ((flush.Until - now) * 6 / 10);
            if (_state.IsAttempting)
                patience = Math.Max(patience, _state.AttemptBegun + (_state.LastResponse * 3 / 2));
        }

        if (ResultOf(flush, Math.Min(patience, flush.Until)) is null && IsAttemptFromBeforeShutdown())
            Interrupt(long.MaxValue);
    }

    /// <summary>Whether the current attempt began before the shutdown.</summary>
    bool IsAttemptFromBeforeShutdown()
    {
        lock (queue.Gate)
            return _state is { IsAttempting: true, AttemptBeganInShutdown: false };
    }

    /// <summary>Waits for a flush to end.</summary>
    /// <returns>Null if it has not ended by that time.</returns>
    FlushResult? ResultOf(Flush flush, long until)
    {
        while (true)
        {
            // Without the lock, which the sender needs at the same time.
            var seen = _flushEnded.Count;
            if (flush.Result is { } result)
                return result;

            if (context.Time.GetTimestamp() >= until)
                return null;

            context.Wait.Wait(_flushEnded, seen, until);
        }
    }

    void EndFlush()
    {
        if (_state.Flush is not { } flush)
            return;

        var emptied = !queue.HasWaiting && !queue.HasInFlight;
        flush.Result = emptied ? FlushResult.Emptied : flush.IsCutOff ? FlushResult.CutOff : FlushResult.GaveUp;
        _state.Flush = null;
    }
}
