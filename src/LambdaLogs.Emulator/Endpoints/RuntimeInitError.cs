using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2018-06-01/runtime/init/error</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-initerror"/></remarks>
internal static class RuntimeInitError
{
    const int BodyBytesMax = 256 * 1024;

    public static async Task HandleAsync(HttpContext http, SandboxCore core)
    {
        var body = await http.ReadBodyAsync(BodyBytesMax);
        var type = http.Header("Lambda-Runtime-Function-Error-Type") ?? "Runtime.Unknown";

        // The response is sent first because the next step kills the runtime.
        var refused = Phases.Admission.RuntimeInitError(core.State);
        await http.RespondAcceptedAsync(refused);
        await http.Response.CompleteAsync();
        if (refused is null)
            core.RuntimeCalls.InitError(type, body ?? default);
    }
}
