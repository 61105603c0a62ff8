using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Receives the error with which a runtime gives up before it has an invocation.</summary>
internal static class RuntimeFailure
{
    const int BodyBytesMax = 256 * 1024;

    /// <param name="http">The request.</param>
    /// <param name="core">The sandbox.</param>
    /// <param name="admission">Whether the call is allowed now.</param>
    /// <param name="report">Handles the type of the error and the body.</param>
    public static async Task HandleAsync(
        HttpContext http, SandboxCore core, Func<SandboxState, ApiError?> admission, Func<string, ReadOnlyMemory<byte>, ApiError?> report)
    {
        var body = await http.ReadBodyAsync(BodyBytesMax);
        var type = http.Header("Lambda-Runtime-Function-Error-Type") ?? "Runtime.Unknown";

        // The response is sent first because the next step kills the runtime.
        var refused = admission(core.State);
        await http.RespondAcceptedAsync(refused);
        await http.Response.CompleteAsync();
        if (refused is null)
            report(type, body ?? default);
    }
}
