using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Routes the paths behind <c>AWS_LAMBDA_RUNTIME_API</c>: Runtime, Extensions, Telemetry and Logs API.</summary>
internal static class RuntimeApi
{
    const string Runtime = "/2018-06-01/runtime/";
    const string Invocation = Runtime + "invocation/";

    public static Task HandleAsync(HttpContext http, SandboxCore core) =>
        core.Resources.Files.AreDisabled && http.Request.Path.Value is { } path && !path.StartsWith(Runtime, StringComparison.Ordinal)
            ? NotFoundAsync(http)
            : RouteAsync(http, core);

    static Task RouteAsync(HttpContext http, SandboxCore core) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/2020-01-01/extension/event/next") => ExtensionNext.HandleAsync(http, core),
        ("GET", Invocation + "next") => RuntimeNext.HandleAsync(http, core),
        ("POST", { } path) when path.StartsWith(Invocation, StringComparison.Ordinal) => RespondAsync(http, core, path),
        ("POST", "/2020-01-01/extension/register") => ExtensionRegister.HandleAsync(http, core),
        ("POST", "/2020-01-01/extension/init/error") => ExtensionError.HandleAsync(http, core, isInit: true),
        ("POST", "/2020-01-01/extension/exit/error") => ExtensionError.HandleAsync(http, core, isInit: false),
        ("POST", "/2018-06-01/runtime/init/error") => RuntimeInitError.HandleAsync(http, core),
        ("GET", Runtime + "restore/next") => RuntimeRestore.NextAsync(http, core),
        ("POST", Runtime + "restore/error") => RuntimeRestore.ErrorAsync(http, core),
        ("PUT", "/2022-07-01/telemetry") => TelemetrySubscribe.HandleAsync(http, core, isLogs: false),
        ("PUT", "/2020-08-15/logs") => TelemetrySubscribe.HandleAsync(http, core, isLogs: true),
        ("GET", "/2021-04-23/credentials") => Credentials.HandleAsync(http, core),
        _ => NotFoundAsync(http),
    };

    static Task RespondAsync(HttpContext http, SandboxCore core, string path) => path[Invocation.Length..].Split('/') switch
    {
        [var id, "response"] => RuntimeRespond.HandleAsync(http, core, id, isError: false),
        [var id, "error"] => RuntimeRespond.HandleAsync(http, core, id, isError: true),
        _ => NotFoundAsync(http),
    };

    static Task NotFoundAsync(HttpContext http) => http.RespondAsync(404, "404 page not found\n"u8.ToArray(), "text/plain; charset=utf-8");
}
