using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>GET /2020-01-01/extension/event/next</c>. The call waits until there is an event.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#extensions-api-next"/></remarks>
internal static class ExtensionNext
{
    public static async Task HandleAsync(HttpContext http, SandboxCore core)
    {
        var item = await core.ExtensionCalls.NextAsync(http.Header(HttpExchange.IdentifierHeader), http.RequestAborted);
        http.Response.Headers["Lambda-Extension-Event-Identifier"] = Guid.NewGuid().ToString();
        await http.RespondAsync(200, item.Body());
    }
}
