using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Sends batches from the queue to the destination, one at a time and in order, on its own thread: wait, attempt, handle the response.
/// <see cref="PumpStep"/> decides the next step, <see cref="ResponseHandler"/> what a response means. Over an open connection the thread
/// that flushes sends in its place.
/// </summary>
/// <param name="queue">Holds the batches.</param>
/// <param name="destination">Delivers them.</param>
/// <param name="responses">Handles responses.</param>
/// <param name="context">Options, clock and state.</param>
internal sealed partial class SenderPump(
    BatchQueue queue, IDestination destination, ResponseHandler responses, PumpContext context) : IDisposable
{
    // TLS and compression run on this thread.
    const int StackBytes = 1024 * 1024;

    // From this size on an idle sender does not wait for more: a larger request saves little, and the queue stays shorter.
    const int LingerBytesMax = 256 * 1024;

    // Shortest wait for an open circuit. The breaker reads the wall clock again, which may have been set back since the step was decided.
    static readonly TimeSpan MinCircuitWait = TimeSpan.FromMilliseconds(10);

    // Pause after an unexpected exception.
    static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    readonly PumpState _state = context.State;
    readonly ThreadSignal _signal = new();
    readonly InterruptSignal _interrupt = new();
    readonly ThreadSignal _flushEnded = new();
    readonly Backpressure _backpressure = new(queue, context);
    readonly IdleMemory _memory = new(queue, context.Time);
    readonly ScheduledCallback _scheduled = new(context.Time);
    Thread? _thread;
    bool _isWaiting;
    bool _isLent;
    bool _isStopping;

    /// <summary>Starts the thread. Nothing is sent before.</summary>
    public void Start()
    {
        _thread = new Thread(Run, StackBytes) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Whether the thread waits for something to do. Requires the lock to be held.</summary>
    public bool IsIdle => _isWaiting;

    /// <summary>Signals that a record was added or a batch was closed. Requires the lock to be held.</summary>
    public void Signal()
    {
        if (!_isLent && TakeWaiting())
            _signal.Signal();
    }

    /// <summary>
    /// Schedules a callback on the sender's thread, with the lock held. It does not run while a request is in progress. Only one callback
    /// is scheduled at a time. Requires the lock to be held.
    /// </summary>
    /// <param name="wait">The delay.</param>
    /// <param name="work">The callback.</param>
    public void Schedule(TimeSpan wait, Action work)
    {
        _scheduled.Set(wait, work);
        Signal();
    }

    /// <inheritdoc cref="Backpressure.Wait"/>
    public void WaitForRoom() => _backpressure.Wait();

    /// <summary>Allows sending in the background again, because a new invocation has started.</summary>
    /// <param name="holdDeadline">Until when the invocation may be held, by the wall clock. Null: there is none.</param>
    public void Resume(DateTimeOffset? holdDeadline)
    {
        lock (queue.Gate)
        {
            _state.Paused = false;
            _state.HoldDeadline = holdDeadline is { } end ? context.Time.TimestampIn(end - context.Time.GetUtcNow()) : long.MaxValue;
            if (queue.HasWaiting)
                Signal();
        }
    }

    /// <summary>The shutdown has begun. Sends what already waits, over a new connection, while the late telemetry is awaited.</summary>
    public void BeginShutdown()
    {
        lock (queue.Gate)
            _state.IsShutdown = true;
        Resume(context.Time.GetUtcNow());
    }

    /// <summary>How long no attempt may start, because of backoff, Retry-After or an open circuit. Zero or less: one may start.</summary>
    public TimeSpan UntilAttempt
    {
        get
        {
            lock (queue.Gate)
                return PumpStep.UntilAttempt(context.Time.GetUtcNow(), _state.NotBefore, context.Breaker.NextProbe);
        }
    }

    /// <summary>
    /// Call after a freeze: connections are probably dead, so they are dropped, and the current attempt is ended and repeated over a new
    /// one.
    /// </summary>
    /// <param name="begunBefore">Only an attempt that began before this timestamp of the monotonic clock is ended.</param>
    public void Interrupt(long begunBefore)
    {
        destination.InvalidateConnections();
        lock (queue.Gate)
        {
            if (!_state.IsAttempting || _state.AttemptBegun >= begunBefore)
                return;

            _state.Interrupted = true;
            _interrupt.Signal();
        }
    }

    /// <summary>Stops the thread. Not needed before the process ends.</summary>
    public void Dispose()
    {
        lock (queue.Gate)
        {
            _isStopping = true;
            _signal.Signal();
            _interrupt.Signal();
        }

        _thread?.Join();
        _interrupt.Dispose();
    }

    void Run()
    {
        while (!_isStopping)
        {
            try
            {
                Step();
            }
            catch (Exception error)
            {
                // An unhandled exception on this thread would end the process and fail the function.
                context.Log.Error($"the sender failed unexpectedly: {ExceptionText.Of(error)}");
                context.Wait.Wait(_signal, _signal.Count, context.Time.TimestampIn(FaultPause));
            }
        }
    }

    void Step()
    {
        Batch? batch = null;
        AttemptLimit limit = default;
        BatchLabel label = default;
        long? until = null;
        bool waits, ended;
        int seen;
        lock (queue.Gate)
        {
            seen = _signal.Count;
            if (!_isLent)
                _scheduled.RunIfDue();
            var step = _isLent ? new PumpStep(PumpAction.WaitForSignal) : NextStep();
            if (step.Action == PumpAction.Send && (batch = BeginAttempt(out limit, out label)) is null)
                step = new PumpStep(PumpAction.Wait, MinCircuitWait);
            if (step.Action == PumpAction.EndFlush)
                EndFlush();
            ended = step.Action == PumpAction.EndFlush;
            waits = _isWaiting = step.Action is PumpAction.Wait or PumpAction.WaitForSignal && !_isStopping;
            until = waits && !_isLent ? Earlier(WaitUntil(step), _memory.Release(step.Action == PumpAction.WaitForSignal)) : null;
        }

        if (ended)
            _flushEnded.Signal();
        else if (batch is not null)
            Send(batch, label, limit);
        else if (waits)
            context.Wait.Wait(_signal, seen, until);
    }

    long? WaitUntil(PumpStep step) => Earlier(step.Action == PumpAction.Wait ? context.Time.TimestampIn(step.Wait) : null, _scheduled.At);

    static long? Earlier(long? one, long? other) => one is null || other < one ? other ?? one : one;

    PumpStep NextStep()
    {
        var time = context.Time;
        return PumpStep.Decide(new PumpInputs
        {
            Now = time.GetUtcNow(),
            HasWaiting = queue.HasWaiting,
            HasClosed = queue.HasClosed,
            LingerLeft = queue is { OpenedAt: { } opened, OpenBytes: < LingerBytesMax }
                ? context.Linger - time.GetElapsedTime(opened)
                : TimeSpan.Zero,
            AwaitsTenant = responses.AwaitsTenant,
            Paused = _state.Paused,
            FlushDeadline = _state.Flush?.Deadline,
            IsFinal = _state.Flush?.IsFinal == true,
            IsCutOff = _state.Flush?.IsCutOff == true,
            FailedAttempts = _state.Flush?.FailedAttempts ?? 0,
            Setbacks = _state.Flush?.Setbacks ?? 0,
            AttemptsMax = context.Retry.Attempts,
            NotBefore = _state.TriesOtherBatch ? default : _state.NotBefore,
            NextProbe = _state.TriesOtherBatch ? null : context.Breaker.NextProbe,
        });
    }

    Batch? BeginAttempt(out AttemptLimit limit, out BatchLabel label)
    {
        limit = default;
        label = default;
        var triesOther = _state.TriesOtherBatch;
        _state.TriesOtherBatch = false;
        if (!triesOther && !context.Breaker.TryBeginAttempt() && _state.Flush?.IsFinal != true)
            return null;

        var batch = responses.Take(triesOther);
        label = responses.LabelOf(batch);
        _interrupt.Clear();
        _state.IsAttempting = true;
        _state.AttemptBeganInShutdown = _state.IsShutdown;
        _state.AttemptBegun = context.Time.GetTimestamp();
        var flush = _state.Flush;
        limit = new AttemptLimit(flush?.Until ?? long.MaxValue, _interrupt, _state.IsShutdown, PoisonSearch.UsesExpectContinue(batch));
        return batch;
    }

    void Send(Batch batch, BatchLabel label, in AttemptLimit limit)
    {
        SendResult result;
        try
        {
            result = destination.Send(batch.Body, label, limit);
        }
        catch (Exception error)
        {
            // An internal error must not stop delivery: the batch counts as failed, and the circuit breaker limits further attempts.
            context.Log.Error($"sending failed unexpectedly: {ExceptionText.Of(error)}");
            result = new SendResult(Verdict.Retry, 0, FailureKind.Other, null);
        }

        lock (queue.Gate)
        {
            _state.IsAttempting = false;
            _state.AcceptsData = result.Verdict is Verdict.Delivered;
            if (_state.AcceptsData)
                _state.LastResponse = context.Time.GetTimestamp() - _state.AttemptBegun;
            Handle(batch, result);
            _backpressure.AttemptEnded();
            queue.VerifyLedger();
        }
    }

    void Handle(Batch batch, SendResult result)
    {
        try
        {
            responses.Handle(batch, result);
        }
        catch (Exception error)
        {
            // An internal error while a batch is split or truncated costs that batch.
            context.Log.Error($"a response could not be handled: {ExceptionText.Of(error)}");
            if (queue.IsInFlight(batch))
                queue.Drop(DropReason.Fault);
        }
    }

    /// <summary>Whether the thread waits, or is about to. Whoever asks has to signal.</summary>
    bool TakeWaiting()
    {
        var waits = _isWaiting;
        _isWaiting = false;
        return waits;
    }
}
