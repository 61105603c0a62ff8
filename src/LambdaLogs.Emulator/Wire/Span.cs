namespace LambdaLogs.Emulator.Wire;

/// <summary>A span of time in an event.</summary>
/// <param name="Start">The start (wall clock).</param>
/// <param name="Duration">The duration (monotonic clock). Never negative.</param>
internal readonly record struct Span(DateTimeOffset Start, TimeSpan Duration);
