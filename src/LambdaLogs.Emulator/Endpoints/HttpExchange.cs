using System.Buffers;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Helpers for reading requests and writing responses, shared by all endpoints.</summary>
internal static class HttpExchange
{
    public const string IdentifierHeader = "Lambda-Extension-Identifier";

    /// <summary>The response body <c>{"status":"OK"}</c>.</summary>
    public static readonly byte[] StatusOk = """{"status":"OK"}"""u8.ToArray();

    /// <summary>Reads the whole body.</summary>
    /// <param name="http">The request.</param>
    /// <param name="maxBytes">The limit. If the body is larger, the method returns null and does not read the rest.</param>
    /// <param name="onPart">Receives a copy of each part as it arrives.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(
        this HttpContext http, int maxBytes, Action<ReadOnlyMemory<byte>>? onPart = null)
    {
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(http.Request.ContentLength ?? 0, 256, maxBytes));
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
            foreach (var part in read.Buffer)
            {
                body.Write(part.Span);
                onPart?.Invoke(part.ToArray());
            }

            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (body.WrittenCount > maxBytes)
                return null;
            if (read.IsCompleted)
                return CallRecorder.StoreBody(http, CallRecorder.RequestBody, body.WrittenMemory);
        }
    }

    /// <summary>The first value of a header. Null if it is missing.</summary>
    public static string? Header(this HttpContext http, string name) =>
        http.Request.Headers.TryGetValue(name, out var values) ? values[0] : null;

    public static Task RespondAsync(this HttpContext http, int status, ReadOnlyMemory<byte> body, string contentType = "application/json")
    {
        CallRecorder.StoreBody(http, CallRecorder.ResponseBody, body);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    public static Task RespondAsync(this HttpContext http, ApiError error) => http.RespondAsync(error.Status, error.Body());

    /// <summary>Responds with the error, or with 202 and <see cref="StatusOk"/> if there is none.</summary>
    public static Task RespondAcceptedAsync(this HttpContext http, ApiError? error) =>
        error is null ? http.RespondAsync(202, StatusOk) : http.RespondAsync(error);
}
