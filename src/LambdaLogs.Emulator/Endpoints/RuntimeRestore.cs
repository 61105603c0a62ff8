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
    public static async Task NextAsync(HttpContext http, SandboxCore core)
    {
        await core.RuntimeCalls.RestoreNextAsync(http.RequestAborted);
        await http.RespondAsync(200, ReadOnlyMemory<byte>.Empty);
    }

    public static Task ErrorAsync(HttpContext http, SandboxCore core) =>
        RuntimeFailure.HandleAsync(http, core, Phases.Admission.RuntimeRestoreError, core.RuntimeCalls.RestoreError);
}
