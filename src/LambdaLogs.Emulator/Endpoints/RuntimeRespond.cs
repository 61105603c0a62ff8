using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2018-06-01/runtime/invocation/{id}/response</c> and <c>…/error</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-response"/></remarks>
internal static class RuntimeRespond
{
    /// <summary>The largest response: 6 MB and a little for its envelope.</summary>
    public const int ResponseBytesMax = 6_291_556;

    static readonly string TooLarge = $"Exceeded maximum allowed payload size ({ResponseBytesMax} bytes).";

    public static async Task HandleAsync(HttpContext http, SandboxCore core, string requestId, bool isError)
    {
        var began = core.Clock.Now();
        var body = await http.ReadBodyAsync(ResponseBytesMax);
        if (body is null)
        {
            var post = new RuntimePost(
                ApiError.Object(("errorType", "Function.ResponseSizeTooLarge"), ("errorMessage", TooLarge)),
                "Function.ResponseSizeTooLarge",
                "application/json");
            var refused = core.RuntimeCalls.Respond(requestId, began, post);
            await http.AnswerAsync(refused ?? new ApiError(413, "RequestEntityTooLarge", TooLarge));
            return;
        }

        var errorType = isError ? http.Header("Lambda-Runtime-Function-Error-Type") ?? "Function.Unknown" : null;
        var contentType = isError ? "application/json" : http.Request.ContentType ?? "application/octet-stream";
        await http.AnswerAcceptedAsync(core.RuntimeCalls.Respond(requestId, began, new RuntimePost(body.Value, errorType, contentType)));
    }
}
