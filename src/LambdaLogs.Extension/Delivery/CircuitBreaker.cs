namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Keeps a dead endpoint from costing every invocation its flush budget. Opens after <see cref="BreakerState.FailuresToOpen"/> failed
/// attempts in a row, then lets one probe through at a time, with a wait between 0.5 and 60 s that doubles. Waits follow the wall clock, so
/// that a sandbox that was frozen over one probes as soon as it runs again. Safe for calls from several threads.
/// </summary>
/// <param name="time">The wall clock.</param>
/// <param name="random">Gives numbers in [0, 1); called under the lock.</param>
internal sealed class CircuitBreaker(TimeProvider time, Func<double> random)
{
    readonly Lock _gate = new();
    BreakerState _state = BreakerState.Closed;

    /// <summary>Whether attempts are held back, but for probes.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
                return _state.IsOpen;
        }
    }

    /// <summary>When the next probe is due. Null: closed.</summary>
    public DateTimeOffset? NextProbe
    {
        get
        {
            lock (_gate)
                return _state.NextProbe;
        }
    }

    /// <summary>
    /// Asks for one attempt. In an open circuit true takes the probe: report what came of it. A probe that is cut off needs no
    /// report; the next one is due after another wait.
    /// </summary>
    public bool MayTry()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_state.MayTry(now))
                return false;

            if (_state.IsOpen)
                _state = _state.Probing(now, random());

            return true;
        }
    }

    /// <summary>The endpoint gave a response that is not to be retried: 2xx, but also a rejection. Closes the circuit.</summary>
    public void Succeeded()
    {
        lock (_gate)
            _state = BreakerState.Closed;
    }

    /// <summary>An attempt brought no response, or one to be retried.</summary>
    public void Failed()
    {
        lock (_gate)
            _state = _state.AfterFailure(time.GetUtcNow(), random());
    }
}
