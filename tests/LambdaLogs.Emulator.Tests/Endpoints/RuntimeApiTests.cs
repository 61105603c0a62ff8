using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Endpoints;

/// <summary>The runtime is a sleeping process here; the test makes its calls.</summary>
public sealed class RuntimeApiTests
{
    const string Next = "/2018-06-01/runtime/invocation/next";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invocation_comes_with_its_headers_and_the_response_reaches_the_caller()
    {
        await using var lambda = await StartAsync();
        using var runtime = new ApiClient(lambda);
        var next = runtime.SendAsync(HttpMethod.Get, Next);
        var invoking = lambda.InvokeAsync("""{"a":1}""", Cancel);
        var invocation = await next;

        Assert.Equal("""{"a":1}""", invocation.Body);
        var id = invocation.Headers["Lambda-Runtime-Aws-Request-Id"];
        Assert.True(long.Parse(invocation.Headers["Lambda-Runtime-Deadline-Ms"]) > DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Equal(
            "arn:aws:lambda:us-east-1:123456789012:function:emulated-function", invocation.Headers["Lambda-Runtime-Invoked-Function-Arn"]);
        Assert.StartsWith("Root=1-", invocation.Headers["Lambda-Runtime-Trace-Id"], StringComparison.Ordinal);

        var accepted = await runtime.SendAsync(HttpMethod.Post, Path(id, "response"), "\"hi\"");
        Assert.Equal((202, """{"status":"OK"}"""), ((int)accepted.Status, accepted.Body));
        Assert.Equal("\"hi\"", (await invoking).PayloadText);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_error_of_the_handler_reaches_the_caller_as_a_function_error()
    {
        await using var lambda = await StartAsync();
        using var runtime = new ApiClient(lambda);
        var next = runtime.SendAsync(HttpMethod.Get, Next);
        var invoking = lambda.InvokeAsync(cancel: Cancel);
        var id = (await next).Headers["Lambda-Runtime-Aws-Request-Id"];
        await runtime.SendAsync(HttpMethod.Post, Path(id, "error"), """{"errorType":"Boom"}""");

        var result = await invoking;
        Assert.Equal(("Unhandled", """{"errorType":"Boom"}"""), (result.FunctionError, result.PayloadText));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Responses_out_of_turn_are_refused()
    {
        await using var lambda = await StartAsync();
        using var runtime = new ApiClient(lambda);
        (await runtime.SendAsync(HttpMethod.Post, Path("nobody", "response"), "1")).IsError(400, "InvalidRequestID", "Invalid request ID");

        var next = runtime.SendAsync(HttpMethod.Get, Next);
        var invoking = lambda.InvokeAsync(cancel: Cancel);
        var id = (await next).Headers["Lambda-Runtime-Aws-Request-Id"];
        (await runtime.SendAsync(HttpMethod.Get, Next)).IsError(403, "InvalidStateTransition", "failed for runtime");
        await runtime.SendAsync(HttpMethod.Post, Path(id, "response"), "1");
        (await runtime.SendAsync(HttpMethod.Post, Path(id, "response"), "2")).IsError(403, "InvalidStateTransition", "failed for runtime");
        Assert.Equal("1", (await invoking).PayloadText);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_response_over_6_mb_is_refused_and_fails_the_invocation()
    {
        await using var lambda = await StartAsync();
        using var runtime = new ApiClient(lambda);
        var next = runtime.SendAsync(HttpMethod.Get, Next);
        var invoking = lambda.InvokeAsync(cancel: Cancel);
        var id = (await next).Headers["Lambda-Runtime-Aws-Request-Id"];

        var refused = await runtime.SendAsync(HttpMethod.Post, Path(id, "response"), new string('x', 6_400_000));
        refused.IsError(413, "RequestEntityTooLarge", "6291556");
        Assert.Contains("Function.ResponseSizeTooLarge", (await invoking).PayloadText, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_init_error_is_accepted_and_ends_init()
    {
        await using var lambda = await StartAsync();
        using var runtime = new ApiClient(lambda);
        var response = await runtime.SendAsync(
            HttpMethod.Post, "/2018-06-01/runtime/init/error", """{"errorMessage":"no module"}""",
            ("Lambda-Runtime-Function-Error-Type", "Runtime.ImportModuleError"));

        Assert.Equal(202, (int)response.Status);
        await lambda.IdleAsync(Cancel);
        Assert.Contains("Runtime.ImportModuleError", lambda.Texts(TranscriptKind.ErrorReported));
        Assert.Equal(["Init", "Reset", "Down"], lambda.Phases());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_restored_snapshot_gets_credentials_for_its_token()
    {
        await using var lambda = await StartAsync(o => o with { Initialization = InitializationType.SnapStart });
        using var runtime = new ApiClient(lambda);
        Assert.Equal(403, (int)(await runtime.SendAsync(HttpMethod.Get, "/2021-04-23/credentials")).Status);

        var response = await runtime.SendAsync(
            HttpMethod.Get, "/2021-04-23/credentials", null, ("Authorization", LambdaLogs.Emulator.Sandbox.DummyCredentials.Token));
        Assert.NotNull(response.Member("AccessKeyId"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_runtime_with_SnapStart_is_restored_by_the_first_invocation()
    {
        const string restoreNext = "/2018-06-01/runtime/restore/next";
        await using var lambda = await StartAsync(o => o with { Initialization = InitializationType.SnapStart });
        using var runtime = new ApiClient(lambda);
        (await runtime.SendAsync(HttpMethod.Post, "/2018-06-01/runtime/restore/error", "{}")).IsError(403, "InvalidStateTransition", "RestoreError");

        var restored = runtime.SendAsync(HttpMethod.Get, restoreNext);
        await lambda.IdleAsync(Cancel);
        Assert.False(restored.IsCompleted);
        (await runtime.SendAsync(HttpMethod.Get, restoreNext)).IsError(403, "InvalidStateTransition", "RestoreReady");

        var invoking = lambda.InvokeAsync(cancel: Cancel);
        Assert.Equal(200, (int)(await restored).Status);
        var id = (await runtime.SendAsync(HttpMethod.Get, Next)).Headers["Lambda-Runtime-Aws-Request-Id"];
        await runtime.SendAsync(HttpMethod.Post, Path(id, "response"), "1");
        Assert.Equal("1", (await invoking).PayloadText);
        Assert.Equal(["Init", "Ready", "Restore", "Invoke"], lambda.Phases());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_hook_that_failed_after_the_restore_fails_the_invocation()
    {
        await using var lambda = await StartAsync(o => o with { Initialization = InitializationType.SnapStart });
        using var runtime = new ApiClient(lambda);
        var restored = runtime.SendAsync(HttpMethod.Get, "/2018-06-01/runtime/restore/next");
        await lambda.IdleAsync(Cancel);
        var invoking = lambda.InvokeAsync(cancel: Cancel);
        await restored;
        var response = await runtime.SendAsync(
            HttpMethod.Post, "/2018-06-01/runtime/restore/error", """{"errorMessage":"no socket"}""",
            ("Lambda-Runtime-Function-Error-Type", "Runtime.AfterRestoreError"));

        Assert.Equal(202, (int)response.Status);
        var result = await invoking;
        Assert.Contains("\"errorType\":\"Runtime.AfterRestoreError\"", result.PayloadText, StringComparison.Ordinal);
        Assert.Contains("no socket", result.PayloadText, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_error_may_have_a_cause_of_a_megabyte_in_its_header()
    {
        await using var lambda = await StartAsync();
        using var runtime = new ApiClient(lambda);
        var next = runtime.SendAsync(HttpMethod.Get, Next);
        var invoking = lambda.InvokeAsync(cancel: Cancel);
        var id = (await next).Headers["Lambda-Runtime-Aws-Request-Id"];
        var accepted = await runtime.SendAsync(
            HttpMethod.Post, Path(id, "error"), "{}", ("Lambda-Runtime-Function-XRay-Error-Cause", new string('x', 1_000_000)));

        Assert.Equal(202, (int)accepted.Status);
        Assert.Equal("Unhandled", (await invoking).FunctionError);
    }

    static string Path(string id, string what) => $"/2018-06-01/runtime/invocation/{id}/{what}";

    static async Task<EmulatedLambda> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var options = Some.Options(FunctionSource.Command("exec sleep 1000"));
        var lambda = await EmulatedLambda.CreateAsync(change is null ? options : change(options));
        _ = lambda.BeginAsync(Cancel);
        await lambda.WaitForAsync(e => e.Kind is TranscriptKind.ProcessStarted, Limit.Wait, cancel: Cancel);
        return lambda;
    }
}
