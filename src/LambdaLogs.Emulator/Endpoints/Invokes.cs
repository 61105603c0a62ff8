using LambdaLogs.Emulator.Sandbox;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>What a function's callers reach.</summary>
/// <param name="Environments">For callers that wait.</param>
/// <param name="Events">For those that do not.</param>
internal sealed record Invokes(Environments Environments, EventInvokes Events);
