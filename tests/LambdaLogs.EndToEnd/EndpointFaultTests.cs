using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>Endpoints that misbehave: the function is held no longer than allowed, and nothing is lost that the policy does not drop.</summary>
public sealed class EndpointFaultTests
{
    const int BudgetMs = 300;

    // A machine under load schedules late; what is asserted is the bound, not the speed.
    static readonly double SlackMs = Pace.Within(700);

    static Dictionary<string, string> Budget(params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string> { ["LOGS_FLUSH_TIMEOUT_MS"] = $"{BudgetMs}" };
        foreach (var (name, value) in more)
            environment[name] = value;
        return environment;
    }

    public static TheoryData<string> DeadEndpoints => ["refused", "hanging", "resetting", "resetting mid-body", "closing", "byte by byte", "silent", "tls silent", "no name"];

    [Theory]
    [MemberData(nameof(DeadEndpoints))]
    public async Task A_dead_endpoint_holds_the_function_no_longer_than_the_budget_and_then_not_at_all(string fault)
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(5), Budget(), prepare: d => Break(d, fault), configure: (environment, destination) => Aim(environment, destination, fault));
        var added = new List<double>();
        for (var invocation = 0; invocation < 5; invocation++)
            added.Add((await scene.InvokeAsync()).AddedByExtensions!.Value.TotalMilliseconds);
        var summary = await scene.EndAsync();

        // 25 ms is Lambda's own buffer, and the end of the handler is seen through it.
        Assert.All(added, ms => Assert.InRange(ms, 0, BudgetMs + 25 + SlackMs));
        Assert.True(added[^1] < Pace.Within(BudgetMs), $"the circuit is open by the fifth invocation, which was held {added[^1]} ms\n{scene.Story()}");
        Assert.InRange(summary.LongestHoldMs, 0, BudgetMs + SlackMs);
        Assert.True(summary.Dropped >= 25, summary.ToString());
        Assert.Equal(0, summary.Waiting);
    }

    [Fact]
    public async Task A_response_that_breaks_off_after_its_head_counts_by_its_status()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), prepare: d => d.Default = Response.CloseAfterHeaders);
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(0, summary.Dropped);
        Assert.Equal(0, summary.Retries);
    }

    [Fact]
    public async Task What_a_dead_endpoint_did_not_take_arrives_once_it_lives()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(10), Budget(), prepare: d => d.Default = Response.WithStatus(503));
        for (var invocation = 0; invocation < 10; invocation++)
            await scene.InvokeAsync();
        scene.Destination.Default = Response.Ok;
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(Functions.Lines(11, 10), Delivered.Lines(scene.Destination));
        Assert.Equal(0, summary.Dropped);
    }

    [Fact]
    public async Task Attempts_at_a_dead_endpoint_are_bounded_over_many_invocations()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(10), Budget(), prepare: d => d.Default = Response.WithStatus(503));
        for (var invocation = 0; invocation < 30; invocation++)
            await scene.InvokeAsync();
        var requests = scene.Destination.Requests.Count;
        await scene.EndAsync();

        // Three open the circuit; what is left are probes, half a second and more apart.
        Assert.InRange(requests, 3, 10);
    }

    [Fact]
    public async Task A_hanging_endpoint_does_not_keep_the_process_beyond_the_shutdown_deadline()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(3), new() { ["LOGS_FLUSH_MODE"] = "next" }, o => o with { ShutdownBudget = TimeSpan.FromSeconds(1) }, d => d.Default = Response.Hang);
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.True(summary.Dropped >= 3, summary.ToString());
    }

    [Fact]
    public async Task Equal_lines_all_arrive()
    {
        await using var scene = await Scene.StartAsync(invocation =>
        {
            for (var line = 0; line < 50; line++)
                invocation.Log("the same");
            return Task.FromResult("{}");
        });
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Equal(50, Delivered.Lines(scene.Destination).Count);
    }

    [Fact]
    public async Task A_500_is_sent_again_within_the_same_flush()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), prepare: d => d.Next(Response.WithStatus(500)));
        await scene.InvokeAsync();

        Assert.True(Functions.Lines(1, 3).SequenceEqual(Delivered.Lines(scene.Destination)), scene.Story());
        Assert.Equal(1, (await scene.EndAsync()).Retries);
    }

    [Fact]
    public async Task A_batch_keeps_its_id_and_body_over_all_attempts()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), prepare: d => d.Next(Response.WithStatus(503), 2));
        await scene.InvokeAsync();
        await scene.EndAsync();

        var first = scene.Destination.Requests[0];
        Assert.All(scene.Destination.Requests.Take(3), r => Assert.Equal(first.Header("X-Batch-Id"), r.Header("X-Batch-Id")));
        Assert.All(scene.Destination.Requests.Take(3), r => Assert.Equal(first.Text, r.Text));
    }

    [Fact]
    public async Task Retry_after_is_honoured()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(3), new() { ["LOGS_FLUSH_TIMEOUT_MS"] = "2500" }, prepare: d => d.Next(Response.RetryAfter(429, 1)));
        await scene.InvokeAsync();

        Assert.Equal(Functions.Lines(1, 3), Delivered.Lines(scene.Destination));
        var wait = scene.Destination.Requests[1].At - scene.Destination.Requests[0].At;
        Assert.InRange(wait.TotalMilliseconds, 990, 2400);
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_retry_after_beyond_the_budget_does_not_hold_the_function()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), Budget(), prepare: d => d.Next(Response.RetryAfter(429, 30)));
        var result = await scene.InvokeAsync();

        Assert.InRange(result.AddedByExtensions!.Value.TotalMilliseconds, 0, Pace.Within(BudgetMs));
        var summary = await scene.EndAsync();
        Assert.Equal(summary.Received - summary.Filtered, summary.Delivered + summary.Dropped);
    }

    [Fact]
    public async Task Batches_too_large_for_the_endpoint_are_halved_until_it_takes_them()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(200), endpoint: new DestinationOptions { MaxBodyBytes = 8 * 1024 });
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(Functions.Lines(1, 200), Delivered.Lines(scene.Destination));
        Assert.Equal(0, summary.Dropped);
    }

    [Fact]
    public async Task A_single_record_that_is_too_large_is_cut_and_says_so()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Say("start " + new string('x', 20_000)), endpoint: new DestinationOptions { MaxBodyBytes = 8 * 1024 });
        await scene.InvokeAsync();
        await scene.EndAsync();

        var line = Assert.Single(Delivered.Lines(scene.Destination));
        Assert.StartsWith("start xxx", line);
        Assert.Contains("[truncated", line);
    }

    [Fact]
    public async Task A_400_drops_the_batch_and_is_reported_once()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), prepare: d => d.Default = Response.WithStatus(400));
        for (var invocation = 0; invocation < 3; invocation++)
            await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.True(summary.Dropped >= 9, summary.ToString());
        Assert.Equal(0, summary.Retries);
        Assert.Single(scene.OwnLines, l => l.Contains("status 400", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drops_are_reported_to_the_endpoint_with_the_next_delivery()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), prepare: d => d.Next(Response.WithStatus(404)));
        for (var invocation = 0; invocation < 3; invocation++)
            await scene.InvokeAsync();
        await scene.EndAsync();

        var report = Assert.Single(Delivered.Records(scene.Destination), r => r.LogType == "extension.dropped");
        Assert.True(report.Json.GetProperty("attributes").GetProperty("reasons").GetProperty("rejected").GetInt64() > 0);
    }

    [Theory]
    [InlineData(100, 1000)]
    [InlineData(2000, 3000)]
    public async Task A_slow_endpoint_gets_everything_within_its_budget(int delayMs, int budgetMs)
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(3), new() { ["LOGS_FLUSH_TIMEOUT_MS"] = $"{budgetMs}" },
            o => o with { Timeout = TimeSpan.FromSeconds(10) }, d => d.Default = Response.Ok.After(TimeSpan.FromMilliseconds(delayMs)));
        await scene.InvokeAsync();

        Assert.Equal(Functions.Lines(1, 3), Delivered.Lines(scene.Destination).Distinct());
        await scene.Lambda.ShutdownAsync(Scene.Cancel);
        Assert.Equal(0, scene.Extension.ExitCode);
    }

    [Fact]
    public async Task An_attempt_is_cut_to_the_budget_whatever_the_timeout_says()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(1), Budget(("HTTP_TIMEOUT_SECONDS", "30")), prepare: d => d.Default = Response.Hang);
        var result = await scene.InvokeAsync();

        Assert.InRange(result.AddedByExtensions!.Value.TotalMilliseconds, 0, BudgetMs + 25 + SlackMs);
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_connection_that_died_while_frozen_costs_no_attempt()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3));
        await scene.InvokeAsync();
        scene.Destination.DropConnections();
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(Functions.Lines(2, 3), Delivered.Lines(scene.Destination));
        Assert.Equal(0, summary.Retries);
    }

    [Fact]
    public async Task One_connection_serves_invocations_that_follow_quickly()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(1));
        for (var invocation = 0; invocation < 5; invocation++)
            await scene.InvokeAsync();

        Assert.Equal(1, scene.Destination.ConnectionsAccepted);
        await scene.EndAsync();
        // What is sent at SHUTDOWN goes over a connection of its own: the old one may have died unseen.
        Assert.InRange(scene.Destination.ConnectionsAccepted, 1, 2);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_credentials()
    {
        await using var elsewhere = ScriptedDestination.Start();
        await using var scene = await Scene.StartAsync(
            environment: new() { ["HTTP_AUTH_TYPE"] = "bearer", ["HTTP_AUTH_CREDENTIALS"] = "s3cr3t" },
            prepare: d => d.Default = Response.RedirectTo(elsewhere.Endpoint));
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Empty(elsewhere.Requests);
        Assert.Single(scene.OwnLines, l => l.Contains("status 302", StringComparison.Ordinal));
    }

    static void Break(ScriptedDestination destination, string fault)
    {
        destination.Default = fault switch
        {
            "hanging" => Response.Hang,
            "resetting" => Response.Reset,
            "resetting mid-body" => Response.ResetMidRequest,
            "closing" => Response.Close,
            "byte by byte" => Response.ByteByByte(TimeSpan.FromMilliseconds(100)),
            _ => Response.Ok,
        };
        destination.IsSilent = fault is "silent" or "tls silent";
    }

    static void Aim(Dictionary<string, string> environment, ScriptedDestination destination, string fault)
    {
        environment["HTTP_ENDPOINT"] = fault switch
        {
            "refused" => "http://127.0.0.1:9/logs",
            "tls silent" => $"https://127.0.0.1:{destination.Port}/logs",
            "no name" => "http://no-such-host.invalid/logs",
            _ => environment["HTTP_ENDPOINT"],
        };
    }
}
