using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>PUT /2022-07-01/telemetry</c>, and <c>PUT /2020-08-15/logs</c> of the older Logs API.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html"/> and
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-logs-api.html"/>
/// </remarks>
internal static class TelemetrySubscribe
{
    const int BodyBytesMax = 64 * 1024;
    static readonly byte[] Ok = "\"OK\""u8.ToArray();

    public static async Task HandleAsync(HttpContext http, SandboxCore core, bool isLogs)
    {
        var body = await http.ReadBodyAsync(BodyBytesMax);
        var error = new Subscriptions(core).Subscribe(http.Header(HttpExchange.IdentifierHeader), body ?? default, isLogs);
        if (error is null)
            await http.RespondAsync(200, Ok);
        else
            await http.RespondAsync(error);
    }
}
