namespace LambdaLogs.Emulator.Wire;

/// <summary>The three spans of <c>platform.runtimeDone</c>.</summary>
/// <param name="Latency">From the runtime receiving the invocation to the response's first byte.</param>
/// <param name="Transfer">From the response's first byte to its last.</param>
/// <param name="Overhead">From the response's last byte to the runtime's next call.</param>
internal sealed record ResponseTimes(Span Latency, Span Transfer, Span Overhead);
