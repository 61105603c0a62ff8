namespace LambdaLogs.Emulator.Phases;

/// <summary>One instant on both clocks: times come from the wall, durations from the monotonic clock.</summary>
/// <param name="Wall">UTC.</param>
/// <param name="Mono">Since an arbitrary start. Never runs backwards.</param>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Mono)
{
    /// <summary>How long after <paramref name="earlier"/> this is.</summary>
    public TimeSpan Since(Moment earlier) => Mono - earlier.Mono;
}
