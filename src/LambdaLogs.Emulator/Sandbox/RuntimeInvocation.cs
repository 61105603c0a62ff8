using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>An invocation and its payload, as the runtime receives them.</summary>
internal sealed record RuntimeInvocation(Invocation Invocation, InvokeCall Call);

/// <summary>A call that Lambda rejects. Handled by the endpoints and the in-process runtime.</summary>
internal sealed class ApiRefused(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
