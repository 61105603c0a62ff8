using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2018-06-01/runtime/init/error</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-initerror"/></remarks>
internal static class RuntimeInitError
{
    public static Task HandleAsync(HttpContext http, SandboxCore core) =>
        RuntimeFailure.HandleAsync(http, core, Phases.Admission.RuntimeInitError, core.RuntimeCalls.InitError);
}
