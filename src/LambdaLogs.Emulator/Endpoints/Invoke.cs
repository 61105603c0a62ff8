using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>POST /2015-03-31/functions/{name}/invocations</c> and its streaming variant, as the AWS CLI and SDKs call them.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/></remarks>
internal static class Invoke
{
    const int BodyBytesMax = 6 * 1024 * 1024;
    const int EventBytesMax = 1024 * 1024;

    /// <param name="http">The request.</param>
    /// <param name="core">The sandbox.</param>
    /// <param name="invokes">Starts the invocations.</param>
    /// <param name="given">The name in the path: a name, a partial or a full ARN, with or without a qualifier.</param>
    /// <param name="isStreamed">True if the caller wants a streamed response.</param>
    public static async Task HandleAsync(HttpContext http, SandboxCore core, InvocationServices invokes, string given, bool isStreamed)
    {
        var type = http.Header("X-Amz-Invocation-Type") ?? "RequestResponse";
        var maxBytes = type == "Event" ? EventBytesMax : BodyBytesMax;
        var (qualifier, error) = Qualifier(http, core.Rules.Function, given);
        var body = error is null ? await http.ReadBodyAsync(maxBytes) : null;
        if (error is null && body is null)
            error = InvokeErrors.TooLarge(maxBytes);
        if (error is null && type is not ("RequestResponse" or "Event" or "DryRun"))
            error = InvokeErrors.InvalidType(type);
        if (error is null && JsonProblem(body!.Value) is { } problem)
            error = InvokeErrors.NotJson(problem);

        if (error is not null)
            await RespondAsync(http, error);
        else if (type == "DryRun")
            http.Response.StatusCode = 204;
        else
            await RunAsync(http, core, invokes, Call(http, core, body!.Value, qualifier, isStreamed));
    }

    /// <summary>Reads the qualifier, which can be in the name, in the query, or the same in both.</summary>
    static (string? Qualifier, InvokeErrors.Response? Error) Qualifier(HttpContext http, FunctionIdentity function, string given)
    {
        var name = FunctionName.Of(given);
        string? asked = http.Request.Query["Qualifier"];
        if (!name.IsOf(function))
            return (null, InvokeErrors.NotFound(given, function));
        if (name.Qualifier is not null && asked is not null && name.Qualifier != asked)
            return (null, InvokeErrors.QualifierConflict());

        var qualifier = name.Qualifier ?? asked;
        return FunctionName.HasQualifier(qualifier, function)
            ? (qualifier, null)
            : (null, InvokeErrors.NotFound($"{name.Name}:{qualifier}", function));
    }

    /// <returns>Null for valid JSON and for an empty body, which means an empty object.</returns>
    static string? JsonProblem(ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0)
            return null;

        try
        {
            var reader = new Utf8JsonReader(body.Span);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    static InvokeCall Call(HttpContext http, SandboxCore core, ReadOnlyMemory<byte> payload, string? qualifier, bool isStreamed) => new()
    {
        Parts = isStreamed ? InvokeStream.Parts() : null,
        RequestId = Guid.NewGuid().ToString(),
        Payload = payload.Length == 0 ? "{}"u8.ToArray() : payload,
        TraceId = http.Header("X-Amzn-Trace-Id") ?? TraceIds.New(core.Clock.Wall()),
        ClientContext = Decode(http.Header("X-Amz-Client-Context")),
        Qualifier = qualifier,
        TenantId = http.Header("X-Amz-Tenant-Id"),
    };

    static async Task RunAsync(HttpContext http, SandboxCore core, InvocationServices invokes, InvokeCall call)
    {
        http.Response.Headers["x-amzn-RequestId"] = call.RequestId;
        http.Response.Headers["X-Amz-Executed-Version"] = core.Rules.Function.Version;
        if (http.Header("X-Amz-Invocation-Type") == "Event")
        {
            invokes.Events.Start(call);
            http.Response.StatusCode = 202;
        }
        else if (!await invokes.Environments.TryInvokeAsync(call))
        {
            http.Response.Headers.RetryAfter = "1";
            await RespondAsync(http, InvokeErrors.Throttled());
        }
        else if (call.Parts is not null)
        {
            await InvokeStream.RespondAsync(http, call, core.Rules.Function.Version);
        }
        else
        {
            await RespondAsync(http, core, call);
        }
    }

    static async Task RespondAsync(HttpContext http, SandboxCore core, InvokeCall call)
    {
        var response = await call.Responded.Task.WaitAsync(http.RequestAborted);
        if (http.Header("X-Amz-Log-Type") == "Tail")
        {
            // The log tail contains the REPORT line, which exists only after the extensions have finished.
            await call.Finished.Task.WaitAsync(http.RequestAborted);
            http.Response.Headers["X-Amz-Log-Result"] = LogTail.Of(call, core.Rules.Function.Version);
        }

        if (response.FunctionError is not null)
            http.Response.Headers["X-Amz-Function-Error"] = response.FunctionError;
        await http.RespondAsync(200, response.Body, response.ContentType);
    }

    static Task RespondAsync(HttpContext http, InvokeErrors.Response error)
    {
        http.Response.Headers["x-amzn-ErrorType"] = error.Type;
        return http.RespondAsync(error.Status, error.Body);
    }

    static string? Decode(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : null;
    }
}
