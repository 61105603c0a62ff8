namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>A clock that stands still until it is moved. Timers run on the thread that moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<ManualTimer> _timers = [];
    long _ticks;

    public static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, 100, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_lock)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock and runs what is due on the way, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var end = _ticks + by.Ticks;
        while (Next(end) is { } due)
        {
            Volatile.Write(ref _ticks, Math.Max(_ticks, due.DueTicks));
            due.Fire();
        }

        Volatile.Write(ref _ticks, end);
    }

    ManualTimer? Next(long end)
    {
        lock (_lock)
            return _timers.Where(t => t.DueTicks <= end).MinBy(t => t.DueTicks);
    }

    sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        public long DueTicks { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueTicks = dueTime < TimeSpan.Zero ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks;
            return true;
        }

        public void Fire()
        {
            DueTicks = long.MaxValue;
            callback();
        }

        public void Dispose()
        {
            DueTicks = long.MaxValue;
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
