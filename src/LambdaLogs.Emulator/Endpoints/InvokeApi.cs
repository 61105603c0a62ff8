using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Routes the paths of the Lambda API that the AWS CLI and SDKs call.</summary>
internal static class InvokeApi
{
    const string Functions = "/2015-03-31/functions/";
    const string Invocations = "/invocations";
    const string StreamedFunctions = "/2021-11-15/functions/";
    const string StreamedInvocations = "/response-streaming-invocations";

    public static Task HandleAsync(HttpContext http, SandboxCore core, InvocationServices invokes)
    {
        var path = http.Request.Path.Value ?? "";
        if (http.Request.Method == "POST" && Between(path, Functions, Invocations) is { } name)
            return Invoke.HandleAsync(http, core, invokes, name, isStreamed: false);
        if (http.Request.Method == "POST" && Between(path, StreamedFunctions, StreamedInvocations) is { } streamed)
            return Invoke.HandleAsync(http, core, invokes, streamed, isStreamed: true);

        return http.RespondAsync(404, ApiError.Object(("Type", "User"), ("Message", $"No such operation: {path}")));
    }

    /// <returns>The unescaped name. Null if the path does not match.</returns>
    static string? Between(string path, string start, string end) =>
        path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal)
        && path.Length > start.Length + end.Length
            ? Uri.UnescapeDataString(path[start.Length..^end.Length])
            : null;
}
