using System.Threading.Channels;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>
/// The response of <c>POST /2021-11-15/functions/{name}/response-streaming-invocations</c>: sends each part as it arrives.
/// </summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html"/></remarks>
internal static class InvokeStream
{
    /// <param name="http">The request. Nothing of the response has been sent.</param>
    /// <param name="call">A running invocation with <see cref="InvokeCall.Parts"/>.</param>
    /// <param name="version">The function's version.</param>
    public static async Task RespondAsync(HttpContext http, InvokeCall call, string version)
    {
        var parts = call.Parts!;
        _ = call.Responded.Task.ContinueWith(
            _ => parts.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        http.Response.StatusCode = 200;
        http.Response.ContentType = "application/vnd.amazon.eventstream";
        await foreach (var part in parts.Reader.ReadAllAsync(http.RequestAborted))
            await WriteAsync(http, EventStreamMessage.Of("PayloadChunk", "application/octet-stream", part.Span));

        var response = await call.Responded.Task;
        List<(string, string)> end = [];
        if (response.FunctionError is not null)
            end = [("ErrorCode", call.Posted?.ErrorType ?? response.FunctionError), ("ErrorDetails", response.BodyText)];
        if (http.Header("X-Amz-Log-Type") == "Tail")
        {
            await call.Finished.Task.WaitAsync(http.RequestAborted);
            end.Add(("LogResult", LogTail.Of(call, version)));
        }

        await WriteAsync(http, EventStreamMessage.Of("InvokeComplete", "application/json", ApiError.Object([.. end])));
    }

    /// <summary>Creates the channel between the runtime's response and the caller.</summary>
    public static Channel<ReadOnlyMemory<byte>> Parts() => Channel.CreateUnbounded<ReadOnlyMemory<byte>>();

    static async Task WriteAsync(HttpContext http, byte[] message)
    {
        await http.Response.Body.WriteAsync(message, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
