namespace LambdaLogs.Emulator.Phases;

/// <summary>An instant on both clocks: timestamps use the wall clock, durations the monotonic clock.</summary>
/// <param name="Wall">UTC.</param>
/// <param name="Mono">The monotonic clock, from an arbitrary start.</param>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Mono)
{
    /// <summary>How long after <paramref name="earlier"/> this is.</summary>
    public TimeSpan Since(Moment earlier) => Mono - earlier.Mono;
}
