using LambdaLogs.Emulator.Phases;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Both clocks of the sandbox. The wall can be set back while Init is emulated that is said to have been long ago.</summary>
internal sealed class SandboxClock(TimeProvider time)
{
    long _age;

    public TimeProvider Time => time;

    /// <summary>How far the wall clock is behind. Zero once the first invocation came.</summary>
    public TimeSpan Age
    {
        get => new(Volatile.Read(ref _age));
        set => Volatile.Write(ref _age, value.Ticks);
    }

    public Moment Now() => new(Wall(), time.GetElapsedTime(0));

    public DateTimeOffset Wall() => time.GetUtcNow() - Age;
}
