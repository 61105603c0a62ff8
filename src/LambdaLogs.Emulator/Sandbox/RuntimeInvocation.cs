using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>What the runtime gets: an invocation and its payload.</summary>
internal sealed record RuntimeInvocation(Invocation Invocation, InvokeCall Call);

/// <summary>A call that Lambda refuses. Only the endpoints and the in-process runtime see it.</summary>
internal sealed class ApiRefused(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
