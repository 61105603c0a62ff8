namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>A clock that stands still until it is moved; timers that are due then run at once, on the thread that moves it.</summary>
internal sealed class HandMovedClock : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<HandMovedTimer> _timers = [];
    DateTimeOffset _now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Waits until so many timers are set; in time, or the test fails.</summary>
    public async Task SetAsync(int timers)
    {
        var start = System.GetTimestamp();
        while (CountSet() < timers)
        {
            if (System.GetElapsedTime(start) > TimeSpan.FromSeconds(10))
                throw new TimeoutException($"{CountSet()} timers were set in 10 s instead of {timers}.");

            await Task.Yield();
        }
    }

    /// <summary>Moves the clock, forwards or back, and runs what is due.</summary>
    public void Move(TimeSpan by)
    {
        List<HandMovedTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            due.ForEach(timer => timer.Due = null);
        }

        due.ForEach(timer => timer.Run());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandMovedTimer(this, () => callback(state));
        lock (_gate)
            _timers.Add(timer);

        timer.Change(dueTime, period);
        return timer;
    }

    int CountSet()
    {
        lock (_gate)
            return _timers.Count(timer => timer.Due is not null);
    }

    sealed class HandMovedTimer(HandMovedClock clock, Action run) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Run() => run();

        // Periods are for nobody here.
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
                Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;

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
