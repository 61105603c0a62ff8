namespace LambdaLogs.Emulator.Wire;

/// <summary>A named stretch of time inside an event.</summary>
/// <param name="Start">Wall clock.</param>
/// <param name="Duration">By the monotonic clock. Never negative.</param>
internal readonly record struct Span(DateTimeOffset Start, TimeSpan Duration);
