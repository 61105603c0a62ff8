using System.Text;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2018-06-01/runtime/invocation/{id}/response</c> and <c>…/error</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-response"/></remarks>
internal static class RuntimeRespond
{
    /// <summary>The largest response: 6 MB plus the overhead of its envelope.</summary>
    public const int ResponseBytesMax = 6_291_556;

    /// <summary>The largest streamed response.</summary>
    public const int StreamedBytesMax = 200 * 1024 * 1024;

    const string ErrorType = "Lambda-Runtime-Function-Error-Type";
    const string ErrorBody = "Lambda-Runtime-Function-Error-Body";

    public static async Task HandleAsync(HttpContext http, SandboxCore core, string requestId, bool isError)
    {
        var began = core.Clock.Now();
        var mode = http.Header("Lambda-Runtime-Function-Response-Mode");
        if (mode is not null && !mode.Equals("streaming", StringComparison.OrdinalIgnoreCase))
        {
            await http.RespondAsync(new ApiError(400, "Runtime.InvalidResponseModeHeader", $"Invalid function response mode: {mode}"));
            return;
        }

        var maxBytes = mode is null ? ResponseBytesMax : StreamedBytesMax;
        var parts = isError ? null : core.RuntimeCalls.Parts(requestId);
        var body = await http.ReadBodyAsync(maxBytes, part => parts?.Writer.TryWrite(part));
        var post = body is null ? TooLarge(maxBytes) : Post(http, body.Value, isError);
        var refused = core.RuntimeCalls.Respond(requestId, began, post);
        if (body is null)
            await http.RespondAsync(refused ?? new ApiError(413, "RequestEntityTooLarge", TooLargeText(maxBytes)));
        else
            await http.RespondAcceptedAsync(refused);
    }

    /// <summary>A streamed response reports an error after its start in the trailers.</summary>
    static RuntimePost Post(HttpContext http, ReadOnlyMemory<byte> body, bool isError)
    {
        if (isError)
            return new RuntimePost(body, http.Header(ErrorType) ?? "Function.Unknown", "application/json");
        if (Trailer(http, ErrorType) is { } type)
            return new RuntimePost(Decode(Trailer(http, ErrorBody)), type, "application/json");

        return new RuntimePost(body, null, http.Request.ContentType ?? "application/octet-stream");
    }

    static string? Trailer(HttpContext http, string name) =>
        http.Request.CheckTrailersAvailable() && http.Request.GetTrailer(name) is [{ } value, ..] ? value : null;

    static byte[] Decode(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var count) ? bytes[..count] : Encoding.UTF8.GetBytes(base64!);
    }

    static RuntimePost TooLarge(int maxBytes) => new(
        ApiError.Object(("errorType", "Function.ResponseSizeTooLarge"), ("errorMessage", TooLargeText(maxBytes))),
        "Function.ResponseSizeTooLarge",
        "application/json");

    static string TooLargeText(int maxBytes) => $"Exceeded maximum allowed payload size ({maxBytes} bytes).";
}
