using LambdaLogs.Emulator.Phases;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The clocks of the sandbox. The wall clock can be set back to emulate an Init that happened long ago.</summary>
internal sealed class SandboxClock(TimeProvider time)
{
    long _age;

    public TimeProvider Time => time;

    /// <summary>The offset of the wall clock. Zero from the first invocation on.</summary>
    public TimeSpan Age
    {
        get => new(Volatile.Read(ref _age));
        set => Volatile.Write(ref _age, value.Ticks);
    }

    public Moment Now() => new(Wall(), time.GetElapsedTime(0));

    public DateTimeOffset Wall() => time.GetUtcNow() - Age;
}
