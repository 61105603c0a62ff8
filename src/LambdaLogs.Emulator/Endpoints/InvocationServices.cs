using LambdaLogs.Emulator.Sandbox;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Entry points for a function's callers.</summary>
/// <param name="Environments">Handles synchronous invocations.</param>
/// <param name="Events">Handles asynchronous invocations.</param>
internal sealed record InvocationServices(Environments Environments, AsyncInvocations Events);
