using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Moves batches from the queue to the destination, one at a time, so that their order stays. Runs on the thread pool from the first
/// record on. What to do next is <see cref="PumpStep"/>, what an answer means <see cref="AnswerHandler"/>.
/// </summary>
/// <param name="queue">What waits.</param>
/// <param name="destination">Where it goes.</param>
/// <param name="answers">What answers mean.</param>
/// <param name="context">Options, clock and the rest.</param>
internal sealed class SenderPump(BatchQueue queue, IDestination destination, AnswerHandler answers, PumpContext context) : IDisposable
{
    // How long an attempt may take to notice that it was cut off.
    static readonly TimeSpan CutOffPatience = TimeSpan.FromMilliseconds(50);

    // From this size on an idle sender waits for nothing more: a larger request saves little, and the queue stays shorter.
    const int LingerBytesMax = 256 * 1024;

    // For a circuit that says no a moment after it has said when: two looks at a clock that is being set.
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    readonly PumpState _state = context.State;
    readonly Wake _wake = new(context.Time);
    readonly Backpressure _backpressure = new(queue, context);
    Task? _running;

    /// <summary>
    /// Something has happened: a record came, a batch was closed. Starts the pump at the first call. Call with the gate held.
    /// </summary>
    public void Notice()
    {
        _running ??= Task.Run(RunAsync);
        _wake.Now();
    }

    /// <summary>Sends what waits. Nothing is sent afterwards, until <see cref="Resume"/>: the sandbox may freeze then.</summary>
    /// <param name="deadline">By when the task has ended in any case, by the wall clock.</param>
    /// <param name="isFinal">Whether the process ends afterwards.</param>
    public async Task<FlushResult> FlushAsync(DateTimeOffset deadline, bool isFinal)
    {
        var flush = new Flush(deadline, isFinal);
        lock (queue.Gate)
        {
            _state.Paused = true;
            if (!queue.HasWaiting && !queue.HasInFlight)
                return FlushResult.Emptied;

            _state.Flush = flush;
            Notice();
        }

        var now = context.Time.GetUtcNow();
        var left = deadline > now ? deadline - now : TimeSpan.Zero;
        await using var timer = context.Time.CreateTimer(_ => CutOff(flush), null, left, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        return await flush.Done.ConfigureAwait(false);
    }

    /// <inheritdoc cref="Backpressure.Wait"/>
    public void WaitForRoom() => _backpressure.Wait();

    /// <summary>A new invocation: sending in the background is allowed again.</summary>
    public void Resume()
    {
        lock (queue.Gate)
        {
            _state.Paused = false;
            if (queue.HasWaiting)
                Notice();
        }
    }

    /// <summary>How long no attempt may begin: backoff, Retry-After, an open circuit. Zero or less: one may.</summary>
    public TimeSpan UntilAttempt
    {
        get
        {
            lock (queue.Gate)
                return PumpStep.UntilAttempt(context.Time.GetUtcNow(), _state.NotBefore, context.Breaker.NextProbe);
        }
    }

    /// <summary>
    /// After a freeze: connections are dead or dying, so they are given up; and the attempt under way is ended, to be sent again over a
    /// new one.
    /// </summary>
    /// <param name="begunBefore">Only an attempt that began before this time, by the monotonic clock.</param>
    public void Interrupt(long begunBefore)
    {
        destination.DropConnections();
        CancellationTokenSource? attempt;
        lock (queue.Gate)
        {
            attempt = _state.AttemptBegun < begunBefore ? _state.Attempt : null;
            _state.Interrupted |= attempt is not null;
        }

        attempt?.Cancel();
    }

    /// <summary>A timer by the pump's clock, not started.</summary>
    /// <param name="callback">Called on the thread pool.</param>
    public ITimer CreateTimer(TimerCallback callback) =>
        context.Time.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        _backpressure.Dispose();
    }

    async Task RunAsync()
    {
        while (true)
        {
            Batch? batch = null;
            CancellationToken cancel = default;
            lock (queue.Gate)
            {
                var step = NextStep();
                if (step.Action == PumpAction.Send && (batch = Begin(out cancel)) is null)
                    step = new PumpStep(PumpAction.Wait, LookAgain);
                if (step.Action == PumpAction.EndFlush)
                    EndFlush();
                _wake.At(step.Action == PumpAction.Wait ? step.Wait : null);
            }

            if (batch is null)
                await _wake.WaitAsync().ConfigureAwait(false);
            else
                await SendAsync(batch, cancel).ConfigureAwait(false);
        }
    }

    PumpStep NextStep()
    {
        var time = context.Time;
        return PumpStep.After(new PumpFacts
        {
            Now = time.GetUtcNow(),
            HasWaiting = queue.HasWaiting,
            HasClosed = queue.HasClosed,
            LingerLeft = queue is { OpenedAt: { } opened, OpenBytes: < LingerBytesMax }
                ? context.Linger - time.GetElapsedTime(opened)
                : TimeSpan.Zero,
            Paused = _state.Paused,
            FlushDeadline = _state.Flush?.Deadline,
            IsFinal = _state.Flush?.IsFinal == true,
            IsCutOff = _state.Flush?.IsCutOff == true,
            FailedAttempts = _state.Flush?.FailedAttempts ?? 0,
            AttemptsMax = context.Retry.Attempts,
            NotBefore = _state.NotBefore,
            NextProbe = context.Breaker.NextProbe,
        });
    }

    Batch? Begin(out CancellationToken cancel)
    {
        cancel = default;
        if (!context.Breaker.MayTry() && _state.Flush?.IsFinal != true)
            return null;

        var batch = queue.Take(withOpen: true)!;
        answers.Prepare(batch);
        _state.Attempt = new CancellationTokenSource();
        _state.AttemptBegun = context.Time.GetTimestamp();
        cancel = _state.Attempt.Token;
        return batch;
    }

    async Task SendAsync(Batch batch, CancellationToken cancel)
    {
        SendResult? result = null;
        try
        {
            result = await destination.SendAsync(batch.Body, batch.Id!, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Cut off by a deadline or a freeze: no result.
        }
        catch (Exception error)
        {
            // A fault of our own must not end delivery: the batch counts as failed, and the breaker keeps it from being tried without end.
            context.Log.Error($"sending failed in an unexpected way: {error.GetType().Name}: {error.Message}");
            result = new SendResult(Verdict.Retry, 0, FailureKind.Other, null);
        }

        lock (queue.Gate)
        {
            // Not disposed: the one who cuts it off may be about to.
            _state.Attempt = null;
            Deal(batch, result);
            _backpressure.AttemptEnded();
            queue.Check();
        }
    }

    void Deal(Batch batch, SendResult? result)
    {
        try
        {
            answers.Handle(batch, result);
        }
        catch (Exception error)
        {
            // A fault of our own in parting or cutting a batch costs that batch. Without this the pump would end, and nobody would notice.
            context.Log.Error($"an answer could not be dealt with: {error.GetType().Name}: {error.Message}");
            if (queue.IsInFlight(batch))
                queue.Drop(DropReason.Fault);
        }
    }

    /// <summary>
    /// The flush's time is up: the attempt under way is ended. The pump ends the flush once the attempt has come back, so that nothing is
    /// in flight then; an attempt that does not let go is left behind after a moment.
    /// </summary>
    void CutOff(Flush flush)
    {
        CancellationTokenSource? attempt;
        lock (queue.Gate)
        {
            if (_state.Flush != flush)
                return;

            flush.IsCutOff = true;
            attempt = _state.Attempt;
            _wake.Now();
        }

        // Outside of the gate: what is registered on the token runs at once, on this thread.
        attempt?.Cancel();
        // The flush holds the timer: one that nobody holds may be collected before it fires.
        flush.Patience = context.Time.CreateTimer(_ => LeaveBehind(flush), null, CutOffPatience, Timeout.InfiniteTimeSpan);
    }

    void LeaveBehind(Flush flush)
    {
        lock (queue.Gate)
        {
            if (_state.Flush == flush)
                EndFlush();
        }
    }

    void EndFlush()
    {
        if (_state.Flush is not { } flush)
            return;

        var emptied = !queue.HasWaiting && !queue.HasInFlight;
        flush.End(emptied ? FlushResult.Emptied : flush.IsCutOff ? FlushResult.CutOff : FlushResult.GaveUp);
        _state.Flush = null;
    }
}
