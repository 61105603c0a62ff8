using System.Net;
using System.Net.Sockets;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Endpoints;

public sealed class LogsApiTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invocation_is_reported_in_the_forms_of_the_logs_api()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { LogFormat = Emulator.Wire.LogFormat.Json });
        await sandbox.Client.RegisterAsync("driven", "INVOKE", "SHUTDOWN");
        var response = await SubscribeAsync(sandbox, "2021-03-18", Http(listener.Port, "PUT"));
        Assert.Equal((200, "\"OK\""), ((int)response.Status, response.Body));

        var next = sandbox.Client.NextAsync();
        await sandbox.Lambda.IdleAsync(Cancel);
        var invoked = sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await listener.WaitForAsync(r => r.Text.Contains("platform.runtimeDone"), Limit.Wait, cancel: Cancel);
        await invoked;
        next = sandbox.Client.NextAsync();
        await sandbox.Lambda.IdleAsync(Cancel);
        var ending = sandbox.Lambda.ShutdownAsync(Cancel);
        await next;
        await listener.WaitForAsync(r => r.Text.Contains("platform.report"), Limit.Wait, cancel: Cancel);

        var all = string.Concat(listener.Requests.Select(r => r.Text));
        Assert.Matches(
            "platform.logsSubscription.*platform.extension.*platform.start.*hello 1.*platform.runtimeDone.*platform.end.*platform.report", all);
        Assert.DoesNotContain("platform.init", all, StringComparison.Ordinal);
        Assert.DoesNotContain("tracing", all, StringComparison.Ordinal);
        Assert.All(listener.Requests, r => Assert.Equal("PUT", r.Method));
        sandbox.Lambda.KillExtension("driven");
        await ending;
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Logs_come_over_tcp_as_a_line_each()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var sandbox = await DrivenSandbox.StartAsync();
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var response = await SubscribeAsync(sandbox, "2020-08-15", $$"""{"protocol":"TCP","port":{{port}}}""");
        Assert.Equal(200, (int)response.Status);

        using var connection = await listener.AcceptTcpClientAsync(Cancel);
        using var reader = new StreamReader(connection.GetStream());
        Assert.StartsWith("{\"time\":", await reader.ReadLineAsync(Cancel));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Bad_requests_are_refused_in_its_own_words()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        (await SubscribeAsync(sandbox, "2021-03-18", Http(4243, "POST"))).IsError(403, "Extension.MissingExtensionIdentifier", "Missing");
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        (await SubscribeAsync(sandbox, "2022-12-13", Http(4243, "POST"))).IsError(400, "Logs.ValidationError", "schemaVersion 2022-12-13");
        (await SubscribeAsync(sandbox, "2021-03-18", Http(4243, "GET"))).IsError(400, "Logs.ValidationError", "method GET");
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_extension_can_use_one_of_the_two_apis_only()
    {
        await using var sandbox = await DrivenSandbox.StartAsync();
        await sandbox.Client.RegisterAsync("driven", "INVOKE");
        Assert.Equal(200, (int)(await sandbox.Client.SubscribeAsync(4243)).Status);
        (await SubscribeAsync(sandbox, "2021-03-18", Http(4243, "POST"))).IsError(
            403, "Logs.SubscriptionClosed", "driven has subscribed with the Telemetry API already");
    }

    static string Http(int port, string method) =>
        $$"""{"protocol":"HTTP","URI":"http://sandbox:{{port}}/logs","method":"{{method}}","encoding":"JSON"}""";

    static Task<ApiResponse> SubscribeAsync(DrivenSandbox sandbox, string schema, string destination) => sandbox.Client.SendAsync(
        HttpMethod.Put,
        "/2020-08-15/logs",
        $$"""
        {"schemaVersion":"{{schema}}","types":["platform","function"],"buffering":{"maxItems":1000,"maxBytes":262144,"timeoutMs":25},
         "destination":{{destination}}}
        """);
}
