using System.Text;
using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2015-03-31/functions/{name}/invocations</c>, as the AWS CLI and SDKs call it.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/></remarks>
internal static class Invoke
{
    const int BodyBytesMax = 6 * 1024 * 1024;

    /// <param name="http">The request.</param>
    /// <param name="core">The sandbox.</param>
    /// <param name="name">From the path: a name, a partial or a full ARN, with or without a qualifier.</param>
    public static async Task HandleAsync(HttpContext http, SandboxCore core, string name)
    {
        var function = core.Rules.Function;
        if (!FunctionName.Matches(name, function))
        {
            await AnswerAsync(http, InvokeErrors.NotFound(name, function));
            return;
        }

        var body = await http.ReadBodyAsync(BodyBytesMax);
        var type = http.Header("X-Amz-Invocation-Type") ?? "RequestResponse";
        if (body is null)
            await AnswerAsync(http, InvokeErrors.TooLarge(BodyBytesMax));
        else if (type is not ("RequestResponse" or "Event" or "DryRun"))
            await AnswerAsync(http, InvokeErrors.InvalidType(type));
        else if (type == "DryRun")
            http.Response.StatusCode = 204;
        else
            await RunAsync(http, core, body.Value, isAsync: type == "Event");
    }

    static async Task RunAsync(HttpContext http, SandboxCore core, ReadOnlyMemory<byte> payload, bool isAsync)
    {
        var call = new InvokeCall
        {
            RequestId = Guid.NewGuid().ToString(),
            Payload = payload.Length == 0 ? "{}"u8.ToArray() : payload,
            TraceId = http.Header("X-Amzn-Trace-Id") ?? TraceIds.New(core.Clock.Wall()),
            ClientContext = Decode(http.Header("X-Amz-Client-Context")),
        };
        core.Invoke(call);
        http.Response.Headers["x-amzn-RequestId"] = call.RequestId;
        http.Response.Headers["X-Amz-Executed-Version"] = core.Rules.Function.Version;
        if (isAsync)
        {
            http.Response.StatusCode = 202;
            return;
        }

        var answer = await call.Answered.Task.WaitAsync(http.RequestAborted);
        if (http.Header("X-Amz-Log-Type") == "Tail")
        {
            // The tail holds the REPORT line, which is there only when everyone is done.
            await call.Finished.Task.WaitAsync(http.RequestAborted);
            http.Response.Headers["X-Amz-Log-Result"] = LogTail.Of(call, core.Rules.Function.Version);
        }

        if (answer.FunctionError is not null)
            http.Response.Headers["X-Amz-Function-Error"] = answer.FunctionError;
        await http.AnswerAsync(200, answer.Body, answer.ContentType);
    }

    static Task AnswerAsync(HttpContext http, InvokeErrors.Answer error)
    {
        http.Response.Headers["x-amzn-ErrorType"] = error.Type;
        return http.AnswerAsync(error.Status, error.Body);
    }

    static string? Decode(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : null;
    }
}
