using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>
/// <c>GET /2018-06-01/runtime/restore/next</c>, which waits until the snapshot is restored, and <c>POST …/restore/error</c> for a failed
/// hook. Managed runtimes make these calls with SnapStart.
/// </summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks.html"/></remarks>
internal static class RuntimeRestore
{
    const int BodyBytesMax = 256 * 1024;

    public static async Task NextAsync(HttpContext http, SandboxCore core)
    {
        await core.RuntimeCalls.RestoreNextAsync(http.RequestAborted);
        await http.RespondAsync(200, ReadOnlyMemory<byte>.Empty);
    }

    public static async Task ErrorAsync(HttpContext http, SandboxCore core)
    {
        var body = await http.ReadBodyAsync(BodyBytesMax);
        var type = http.Header("Lambda-Runtime-Function-Error-Type") ?? "Runtime.Unknown";

        // The response is sent first because the next step kills the runtime.
        var refused = Phases.Admission.RuntimeRestoreError(core.State);
        await http.RespondAcceptedAsync(refused);
        await http.Response.CompleteAsync();
        if (refused is null)
            core.RuntimeCalls.RestoreError(type, body ?? default);
    }
}
