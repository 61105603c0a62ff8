using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Passes inputs to the reducer one at a time and performs its effects, all under one lock. An input that an effect posts is processed
/// after the remaining effects.
/// </summary>
internal sealed class SandboxMachine(SandboxRules rules, SandboxClock clock)
{
    readonly Lock _lock = new();
    readonly Queue<SandboxInput> _inputs = new();
    readonly List<(Func<SandboxState, bool> Matches, TaskCompletionSource Found)> _waiters = [];
    SandboxState _state = new(rules);
    bool _isWorking;
    bool _isClosed;

    /// <summary>Performs an effect. Set once before the first input. Called under the lock and must not block.</summary>
    public Action<SandboxEffect> Perform { get; set; } = _ => { };

    public SandboxState State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    public void Post(SandboxInput input)
    {
        lock (_lock)
        {
            _inputs.Enqueue(input);
            ProcessInputs();
        }
    }

    /// <summary>Checks a call against the state and, if it is allowed, posts an input in the same critical section.</summary>
    /// <param name="admit">Returns an error, or null and the input to post. Called under the lock.</param>
    public ApiError? TryPost(Func<SandboxState, (ApiError? Error, SandboxInput? Input)> admit)
    {
        lock (_lock)
        {
            var (error, input) = admit(_state);
            if (input is not null)
            {
                _inputs.Enqueue(input);
                ProcessInputs();
            }

            return error;
        }
    }

    /// <summary>Waits for a state. The current state counts.</summary>
    /// <param name="matches">Called under the lock.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task WhenAsync(Func<SandboxState, bool> matches, CancellationToken cancel)
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_isWorking && matches(_state))
                return;

            _waiters.Add((matches, found));
        }

        await using var registration = cancel.Register(() => found.TrySetCanceled(cancel));
        await found.Task;
    }

    /// <summary>Ignores all further inputs because the processes are about to be killed. Waits are cancelled.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var (_, found) in _waiters)
                found.TrySetCanceled();
            _waiters.Clear();
        }
    }

    void ProcessInputs()
    {
        if (_isWorking || _isClosed)
            return;

        _isWorking = true;
        try
        {
            while (_inputs.TryDequeue(out var input))
            {
                var reduction = Reducer.Reduce(_state, input, clock.Now());
                _state = reduction.State;
                foreach (var effect in reduction.Effects)
                    Perform(effect);
            }
        }
        finally
        {
            // An exception in an effect is a bug; it must be visible where it occurs instead of blocking the sandbox.
            _isWorking = false;
        }

        CancelWaits();
    }

    void CancelWaits()
    {
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (!_waiters[i].Matches(_state))
                continue;

            _waiters[i].Found.TrySetResult();
            _waiters.RemoveAt(i);
        }
    }
}
