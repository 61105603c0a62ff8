namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Prevents a failing endpoint from costing every invocation its flush budget. Opens after <see cref="BreakerState.FailuresToOpen"/>
/// consecutive failures and then allows one probe at a time, with waits between 0.5 and 60 s that double. It uses the wall clock, so that
/// an environment that was frozen for that long probes immediately after it resumes. Thread-safe.
/// </summary>
/// <param name="time">The wall clock.</param>
/// <param name="random">Returns numbers in [0, 1); called under the lock.</param>
internal sealed class CircuitBreaker(TimeProvider time, Func<double> random)
{
    readonly Lock _gate = new();
    BreakerState _state = BreakerState.Closed;

    /// <summary>Whether the circuit is open: only probes are allowed.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
                return _state.IsOpen;
        }
    }

    /// <summary>When the next probe is allowed. Null: the circuit is closed.</summary>
    public DateTimeOffset? NextProbe
    {
        get
        {
            lock (_gate)
                return _state.NextProbe;
        }
    }

    /// <summary>
    /// Asks for permission for one attempt. If the circuit is open and this returns true, the caller owns the probe and reports its
    /// result. A probe that is cut off need not be reported; the next one is allowed after another wait.
    /// </summary>
    public bool TryBeginAttempt()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_state.AllowsAttempt(now))
                return false;

            if (_state.IsOpen)
                _state = _state.AfterProbe(now, random());

            return true;
        }
    }

    /// <summary>Reports a response that is not retried: 2xx, but also a rejection. Closes the circuit.</summary>
    public void Succeeded()
    {
        lock (_gate)
            _state = BreakerState.Closed;
    }

    /// <summary>Reports an attempt without a response, or with one that is retried.</summary>
    public void Failed()
    {
        lock (_gate)
            _state = _state.AfterFailure(time.GetUtcNow(), random());
    }
}
