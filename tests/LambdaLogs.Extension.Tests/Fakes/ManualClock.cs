using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>
/// Both clocks of a machine, moved by hand. Timers follow the monotonic one, as the kernel's do, and fire in the order of their times while it is
/// moved, on the thread that moves it; a timer that is due when it is set fires on the thread pool.
/// </summary>
internal sealed class ManualClock : TimeProvider, ISignalWait
{
    // A wait that nothing ends is a fault of the test, or of a test that has ended without stopping its threads.
    const int PatienceMs = 60_000;

    readonly Lock _gate = new();
    readonly List<ManualTimer> _timers = [];
    readonly List<(TimeSpan Wait, TaskCompletionSource Seen)> _watchers = [];
    DateTimeOffset _wall = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
    TimeSpan _monotonic = TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _wall;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _monotonic.Ticks;
    }

    /// <summary>Time passes: both clocks move, timers fire.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan end;
        lock (_gate)
            end = _monotonic + by;
        while (NextDue(end) is { } timer)
            timer.Fire();
    }

    /// <summary>Time passes up to the first time that somebody waits for, if there is one.</summary>
    public void AdvanceToTimer()
    {
        TimeSpan? left;
        lock (_gate)
            left = _timers.Min(timer => timer.Due) - _monotonic;
        if (left is { } by)
            Advance(by);
    }

    /// <summary>Time passes in milliseconds.</summary>
    public void Advance(int ms) => Advance(TimeSpan.FromMilliseconds(ms));

    /// <summary>The wall clock alone moves, forwards or back: a freeze of the machine, or somebody has set it.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_gate)
            _wall += by;
    }

    /// <summary>Waits until a timer is set that is due in exactly this time from now.</summary>
    public Task TimerAsync(TimeSpan wait)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_timers.Exists(timer => timer.Due == _monotonic + wait))
                seen.SetResult();
            else
                _watchers.Add((wait, seen));
        }

        return seen.Task.Within($"a timer of {wait.TotalMilliseconds} ms");
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits for a signal, or until the clock has been moved to a time.</summary>
    public void Wait(ThreadSignal signal, int seen, long? until)
    {
        if (until is not { } end)
        {
            signal.Wait(seen, PatienceMs);
            return;
        }

        using var timer = new ManualTimer(this, signal.Signal);
        lock (_gate)
            _timers.Add(timer);
        if (timer.Start(new TimeSpan(end)))
            signal.Wait(seen, PatienceMs);
    }

    ManualTimer? NextDue(TimeSpan end)
    {
        lock (_gate)
        {
            var first = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            var reached = first?.Due ?? end;
            if (reached > _monotonic)
            {
                _wall += reached - _monotonic;
                _monotonic = reached;
            }

            first?.Due = null;
            return first;
        }
    }

    sealed class ManualTimer(ManualClock clock, Action run) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public void Fire() => run();

        /// <returns>False where that time is over.</returns>
        public bool Start(TimeSpan end)
        {
            lock (clock._gate)
            {
                if (end <= clock._monotonic)
                    return false;

                Due = end;
                foreach (var (_, seen) in clock._watchers.Where(watcher => watcher.Wait == end - clock._monotonic))
                    seen.TrySetResult();
                return true;
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period > TimeSpan.Zero)
                throw new NotSupportedException("Nothing here wants a periodic timer.");

            lock (clock._gate)
            {
                Due = dueTime > TimeSpan.Zero ? clock._monotonic + dueTime : null;
                foreach (var (_, seen) in clock._watchers.Where(watcher => watcher.Wait == dueTime))
                    seen.TrySetResult();
            }

            if (dueTime == TimeSpan.Zero)
                ThreadPool.QueueUserWorkItem(_ => run());
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
