namespace LambdaLogs.Emulator.Wire;

/// <summary>The three spans of <c>platform.runtimeDone</c>.</summary>
/// <param name="Latency">Invocation handed over until the response began.</param>
/// <param name="Transfer">The response's first byte to its last.</param>
/// <param name="Overhead">The response's last byte to the runtime's next call.</param>
internal sealed record ResponseTimes(Span Latency, Span Transfer, Span Overhead);
