using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>The paths outside the sandbox: what the AWS CLI and SDKs call.</summary>
internal static class InvokeApi
{
    const string Functions = "/2015-03-31/functions/";
    const string Invocations = "/invocations";

    public static Task HandleAsync(HttpContext http, SandboxCore core)
    {
        var path = http.Request.Path.Value ?? "";
        if (http.Request.Method != "POST" || !path.StartsWith(Functions, StringComparison.Ordinal)
            || !path.EndsWith(Invocations, StringComparison.Ordinal) || path.Length <= Functions.Length + Invocations.Length)
        {
            return http.AnswerAsync(404, ApiError.Object(("Type", "User"), ("Message", $"No such operation: {path}")));
        }

        return Invoke.HandleAsync(http, core, Uri.UnescapeDataString(path[Functions.Length..^Invocations.Length]));
    }
}
