namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Both clocks, moved by hand.</summary>
public sealed class ReadingClock : TimeProvider
{
    TimeSpan _passed;

    /// <summary>What the wall clock shows in the beginning.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 3, 14, 9, 26, 53, 500, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Beginning + _passed;

    public override long GetTimestamp() => _passed.Ticks;

    /// <summary>Moves both clocks on.</summary>
    public void Pass(TimeSpan time) => _passed += time;
}
