using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Endpoints;

public sealed class ExtensionsApiTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Registering_responds_with_an_identifier_and_the_function()
    {
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { FunctionName = "checkout", Handler = "app.handler" });
        var response = await sandbox.Client.RegisterAsync("driven", "INVOKE", "SHUTDOWN");

        Assert.Equal(200, (int)response.Status);
        Assert.True(Guid.TryParse(sandbox.Client.Id, out _));
        Assert.Equal("""{"functionName":"checkout","functionVersion":"$LATEST","handler":"app.handler"}""", response.Body);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_account_is_returned_to_those_who_ask()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        var response = await sandbox.Client.SendAsync(
            HttpMethod.Post, "/2020-01-01/extension/register", "{}",
            ("Lambda-Extension-Name", "driven"), ("Lambda-Extension-Accept-Feature", "other, accountId"));
        Assert.Equal("123456789012", response.Member("accountId"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Registration_errors_have_lambdas_words()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        (await sandbox.Client.RegisterAsync("", "INVOKE")).IsError(403, "Extension.InvalidExtensionName", "Empty extension name");
        (await sandbox.Client.RegisterAsync("driven", "OTHER")).IsError(403, "Extension.InvalidEventType", "OTHER: ErrorInvalidEventType");
        var broken = await sandbox.Client.SendAsync(
            HttpMethod.Post, "/2020-01-01/extension/register", "no json", ("Lambda-Extension-Name", "driven"));
        broken.IsError(403, "InvalidRequestFormat", "");

        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        (await sandbox.Client.RegisterAsync("driven", "INVOKE")).IsError(
            403, "Extension.InvalidExtensionState", "State transition from Registered to Registered failed for extension driven.");
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_next_event_is_for_those_who_registered()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        (await sandbox.Client.NextAsync()).IsError(
            403, "Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header");
        sandbox.Client.Id = "nonsense";
        (await sandbox.Client.NextAsync()).IsError(403, "Extension.InvalidExtensionIdentifier", "Invalid");
        sandbox.Client.Id = Guid.NewGuid().ToString();
        (await sandbox.Client.NextAsync()).IsError(403, "Extension.UnknownExtensionIdentifier", $"Unknown extension {sandbox.Client.Id}");
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Two_calls_at_once_are_one_too_many()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        var first = await sandbox.ReadyAsync();
        (await sandbox.Client.NextAsync()).IsError(403, "Extension.InvalidExtensionState", "from Ready to Ready");
        Assert.False(first.IsCompleted);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invoke_event_carries_the_deadline_and_the_request()
    {
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { Timeout = TimeSpan.FromSeconds(7) });
        var next = await sandbox.ReadyAsync();
        var before = DateTimeOffset.UtcNow;
        var result = await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        var response = await next;

        Assert.Equal("INVOKE", response.Member("eventType"));
        Assert.Equal(result.RequestId, response.Member("requestId"));
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:emulated-function", response.Member("invokedFunctionArn"));
        Assert.Contains("\"type\":\"X-Amzn-Trace-Id\",\"value\":\"Root=1-", response.Body, StringComparison.Ordinal);
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(response.Member("deadlineMs")!));
        Assert.InRange(deadline - before, TimeSpan.FromSeconds(6.9), TimeSpan.FromSeconds(7) + Limit.Wait);
        Assert.True(response.Headers.ContainsKey("Lambda-Extension-Event-Identifier"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invocation_is_over_when_the_extension_asks_again_and_that_time_is_measured()
    {
        var clock = new ManualClock();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with
        {
            Time = clock,
            Function = FunctionSource.InProcess(_ =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(40));
                return Task.FromResult("{}");
            }),
        });
        var next = await sandbox.ReadyAsync();
        var result = await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        Assert.False(result.Finished.IsCompleted);

        await sandbox.Lambda.SaidAsync(e => e.Text == "platform.runtimeDone", Cancel);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        _ = sandbox.Client.NextAsync();
        await result.Finished.WaitAsync(Cancel);
        Assert.Equal(TimeSpan.FromMilliseconds(250), result.AddedByExtensions);
        Assert.Equal(TimeSpan.FromMilliseconds(40), result.HandlerTime);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Errors_of_an_extension_need_a_type_and_are_accepted()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        (await sandbox.Client.SendAsync(HttpMethod.Post, "/2020-01-01/extension/init/error", "{}")).IsError(
            403, "Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found");

        var accepted = await sandbox.Client.SendAsync(
            HttpMethod.Post, "/2020-01-01/extension/init/error", "{}", ("Lambda-Extension-Function-Error-Type", "Extension.NoConfig"));
        Assert.Equal((202, """{"status":"OK"}"""), ((int)accepted.Status, accepted.Body));
        await sandbox.Lambda.WaitForAsync(e => e is { Kind: TranscriptKind.Phase, Text: "Down" }, Limit.Wait, cancel: Cancel);
        var after = await sandbox.Client.NextAsync();
        after.IsError(403, "Extension.InvalidExtensionState", "to Ready failed for extension driven");
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_exit_error_fails_the_invocation()
    {
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with
        {
            Function = FunctionSource.InProcess(async i =>
            {
                await Task.Delay(Timeout.Infinite, i.Cancel);
                return "";
            }),
        });
        var next = await sandbox.ReadyAsync();
        var result = sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await sandbox.Client.SendAsync(
            HttpMethod.Post, "/2020-01-01/extension/exit/error", "{}", ("Lambda-Extension-Function-Error-Type", "Extension.Broken"));

        Assert.Contains("\"errorType\":\"Extension.ExitError\"", (await result).PayloadText, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_caller_that_gives_up_may_ask_again()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        using (var impatient = new HttpClient())
        using (var given = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            impatient.DefaultRequestHeaders.Add("Lambda-Extension-Identifier", sandbox.Client.Id);
            var asking = impatient.GetAsync($"http://{sandbox.Lambda.RuntimeApi}/2020-01-01/extension/event/next", given.Token);
            await sandbox.Lambda.WaitForAsync(e => e is { Kind: TranscriptKind.NextAsked, Source: "driven" }, Limit.Wait, cancel: Cancel);
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        var left = await sandbox.Lambda.WaitForAsync(e => e.Kind is TranscriptKind.NextLeft, Limit.Wait, cancel: Cancel);
        var next = sandbox.Client.NextAsync();
        await sandbox.Lambda.WaitForAsync(
            e => e is { Kind: TranscriptKind.NextAsked, Source: "driven" } && e.Index > left.Index, Limit.Wait, cancel: Cancel);
        await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        Assert.Equal("INVOKE", (await next).Member("eventType"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Unknown_paths_are_not_found()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        Assert.Equal(404, (int)(await sandbox.Client.SendAsync(HttpMethod.Get, "/2020-01-01/extension/other")).Status);
        Assert.Equal(404, (int)(await sandbox.Client.SendAsync(HttpMethod.Post, "/2018-06-01/runtime/invocation/x/other")).Status);
    }
}
