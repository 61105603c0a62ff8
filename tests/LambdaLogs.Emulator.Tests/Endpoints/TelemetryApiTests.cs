using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Endpoints;

public sealed class TelemetryApiTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_subscription_gets_ok_and_replays_what_init_has_said()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync();
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        var response = await sandbox.Client.SubscribeAsync(listener.Port);

        Assert.Equal((200, "\"OK\""), ((int)response.Status, response.Body));
        var first = await listener.WaitForAsync(r => r.Text.Contains("telemetrySubscription"), Limit.Wait, cancel: Cancel);
        Assert.Contains("platform.initStart", listener.Requests[0].Text, StringComparison.Ordinal);
        Assert.Contains(
            """{"name":"driven","state":"Subscribed","types":["platform","function"]}""", first.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invocation_is_reported_from_start_to_report()
    {
        var (clock, buffering) = (new ManualClock(), TimeSpan.FromMilliseconds(25));
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { Time = clock });
        var next = await sandbox.ReadyAsync(listener.Port);
        await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await sandbox.Lambda.SaidAsync(e => e.Text == "platform.runtimeDone", Cancel);
        clock.Advance(buffering);
        await listener.WaitForAsync(r => r.Text.Contains("platform.runtimeDone"), Limit.Wait, cancel: Cancel);

        // The report is said at the end and comes with the next invocation, as the freeze came first.
        next = sandbox.Client.NextAsync();
        await sandbox.Lambda.IdleAsync(Cancel);
        clock.Advance(buffering);
        Assert.DoesNotContain(listener.Requests, r => r.Text.Contains("platform.report"));
        var second = await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await sandbox.Lambda.SaidAsync(e => e.Text == "platform.runtimeDone" && e.RequestId == second.RequestId, Cancel);
        clock.Advance(buffering);
        await listener.WaitForAsync(r => r.Text.Contains("hello 2"), Limit.Wait, cancel: Cancel);

        var all = string.Concat(listener.Requests.Select(r => r.Text));
        Assert.Matches("platform.start.*hello 1.*platform.runtimeDone.*platform.report.*hello 2", all);
        Assert.Contains("extensionOverhead", all, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Subscribing_again_is_no_error_and_is_said()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync();
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        await sandbox.Client.SubscribeAsync(listener.Port);
        Assert.Equal(200, (int)(await sandbox.Client.SubscribeAsync(listener.Port)).Status);
        await listener.WaitForAsync(r => r.Text.Contains("Already subscribed"), Limit.Wait, cancel: Cancel);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task After_init_subscriptions_are_closed()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        await sandbox.ReadyAsync();
        (await sandbox.Client.SubscribeAsync(4243)).IsError(
            403, "Telemetry.SubscriptionClosed", "Telemetry API subscription is closed");
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Strangers_and_bad_requests_are_refused()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        (await sandbox.Client.SubscribeAsync(4243)).IsError(403, "Extension.MissingExtensionIdentifier", "Missing");
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        (await sandbox.Client.SubscribeAsync(4243, types: "")).IsError(400, "ValidationError", "types should not be empty");
        (await sandbox.Client.SubscribeAsync(4243, "2030-01-01")).IsError(400, "ValidationError", "schemaVersion 2030-01-01");
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData(202, "Telemetry.NotSupported")]
    [InlineData(400, "ValidationError")]
    [InlineData(403, "Telemetry.SubscriptionClosed")]
    [InlineData(404, "NotFound")]
    [InlineData(500, "InternalServerError")]
    public async Task A_subscription_can_be_made_to_fail_for_some_schemas(int status, string type)
    {
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with
        {
            Faults = new() { SubscriptionStatus = schema => schema is SchemaVersion.V20250129 ? status : null },
        });
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        (await sandbox.Client.SubscribeAsync(4243, "2025-01-29")).IsError(status, type, "");
        Assert.Equal(200, (int)(await sandbox.Client.SubscribeAsync(4243, "2022-12-13")).Status);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Managed_instances_know_the_newest_schema_only()
    {
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { Initialization = InitializationType.ManagedInstances });
        (await sandbox.Client.RegisterAsync("driven", "INVOKE")).IsError(403, "Extension.InvalidEventType", "INVOKE");
        await sandbox.Client.RegisterAsync("driven", "SHUTDOWN");
        (await sandbox.Client.SubscribeAsync(4243)).IsError(400, "ValidationError", "2025-01-29");
        Assert.Equal(200, (int)(await sandbox.Client.SubscribeAsync(4243, "2025-01-29")).Status);
    }
}
