using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2020-01-01/extension/init/error</c> and <c>…/exit/error</c>, which are handled alike.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#runtimes-extensions-init-error"/>
/// </remarks>
internal static class ExtensionError
{
    const string TypeHeader = "Lambda-Extension-Function-Error-Type";
    const int BodyBytesMax = 256 * 1024;

    public static async Task HandleAsync(HttpContext http, SandboxCore core, bool isInit)
    {
        // The body is informational and is not validated.
        await http.ReadBodyAsync(BodyBytesMax);
        var id = http.Header(HttpExchange.IdentifierHeader);
        var (_, unknown) = Admission.Identify(core.State, id);
        var type = http.Header(TypeHeader);
        if (unknown is null && string.IsNullOrEmpty(type))
            unknown = ApiError.Forbidden("Extension.MissingHeader", $"{TypeHeader} not found");
        await http.RespondAcceptedAsync(unknown ?? core.ExtensionCalls.ReportError(id, type!, isInit));
    }
}
