using System.Globalization;
using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary><c>GET /2018-06-01/runtime/invocation/next</c>. The call waits until there is an invocation.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-next"/></remarks>
internal static class RuntimeNext
{
    public static async Task HandleAsync(HttpContext http, SandboxCore core)
    {
        var (invocation, call) = await core.RuntimeCalls.NextAsync(http.RequestAborted);
        var headers = http.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = core.Rules.Function.ArnOf(invocation.Qualifier);
        if (invocation.TraceId is not null)
            headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        if (call.ClientContext is not null)
            headers["Lambda-Runtime-Client-Context"] = call.ClientContext;
        if (invocation.TenantId is not null)
            headers["Lambda-Runtime-Aws-Tenant-Id"] = invocation.TenantId;
        await http.RespondAsync(200, call.Payload);
    }
}
