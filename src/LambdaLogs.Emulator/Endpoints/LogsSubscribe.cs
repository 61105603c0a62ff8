using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>PUT /2020-08-15/logs</c>: the older Logs API, which the Telemetry API supersedes. Answered as local emulators do.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-logs-api.html"/></remarks>
internal static class LogsSubscribe
{
    static readonly ApiError NotSupported = new(202, "Logs.NotSupported", "Logs API is not supported");

    public static Task HandleAsync(HttpContext http, SandboxCore core)
    {
        var (_, unknown) = Phases.Admission.Identify(core.State, http.Header(HttpExchange.IdentifierHeader));
        return http.AnswerAsync(unknown ?? NotSupported);
    }
}
