using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>Functions with tenant isolation, and the shipped layer.</summary>
public sealed class TenantTests
{
    [Theory]
    [InlineData("lambda")]
    [InlineData("json_array")]
    [InlineData("ndjson")]
    [InlineData("loki")]
    [InlineData("otlp")]
    [InlineData("elasticsearch")]
    [InlineData("datadog")]
    [InlineData("splunk_hec")]
    [InlineData("newrelic")]
    [InlineData("gelf")]
    public async Task Every_request_goes_in_the_name_of_its_records_tenant(string format)
    {
        await using var scene = await StartAsync(format);
        foreach (var tenant in (string[])["blue", "green", "blue"])
            await InvokeAsync(scene, tenant);
        await scene.EndAsync();

        var requests = scene.Destination.Requests;
        Assert.True(requests.Count >= 3, scene.Story());
        foreach (var request in requests)
        {
            var tenant = request.Header("X-Scope-OrgID");
            Assert.True(tenant is "t-blue" or "t-green", $"{tenant}: {request.Text}");
            var other = tenant == "t-blue" ? "green" : "blue";
            Assert.DoesNotContain($"for {other}", request.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"org-{other}", request.Text, StringComparison.Ordinal);
        }

        foreach (var tenant in (string[])["blue", "green"])
            Assert.Contains(requests, r => IsFor(r, tenant));
    }

    [Fact]
    public async Task The_header_names_the_tenant_also_where_the_field_is_dropped()
    {
        await using var scene = await StartAsync("lambda", new() { ["LOGS_FIELDS_DROP"] = "tenant_id" });
        foreach (var tenant in (string[])["blue", "green"])
            await InvokeAsync(scene, tenant);
        await scene.EndAsync();

        foreach (var tenant in (string[])["blue", "green"])
            Assert.Contains(scene.Destination.Requests, r => IsFor(r, tenant));
        Assert.All(scene.Destination.Requests, r => Assert.DoesNotContain("tenant_id", r.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lokis_own_tenant_may_be_lambdas()
    {
        await using var scene = await StartAsync("loki", new() { ["LOGS_LOKI_TENANT"] = "{tenant_id}", ["HTTP_HEADERS"] = "" });
        await InvokeAsync(scene, "blue");
        await scene.EndAsync();

        Assert.All(scene.Destination.Requests, r => Assert.Equal("blue", r.Header("X-Scope-OrgID")));
        Assert.NotEmpty(scene.Destination.Requests);
    }

    [Fact]
    public async Task Without_a_tenant_the_header_is_left_out()
    {
        await using var scene = await StartAsync("lambda");
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Single(Delivered.Lines(scene.Destination));
        Assert.All(scene.Destination.Requests, r => Assert.Null(r.Header("X-Scope-OrgID")));
    }

    [Fact]
    public async Task Lines_are_filtered_by_tenant()
    {
        await using var scene = await StartAsync("lambda", new() { ["LOGS_EXCLUDE_REGEX"] = "{tenant_id}=^test-" });
        await InvokeAsync(scene, "test-1");
        await InvokeAsync(scene, "blue");
        await scene.EndAsync();

        Assert.Equal(["for blue"], Delivered.Lines(scene.Destination));
    }

    [Fact]
    public async Task Batches_keep_their_tenant_over_a_reset_of_the_environment()
    {
        await using var scene = await StartAsync(
            "lambda",
            new() { ["LOGS_SPILL_MAX_BYTES"] = "1MB" },
            function: invocation =>
            {
                invocation.Log($"for {invocation.TenantId}");
                if (invocation.Number == 1)
                    InvocationContext.Crash(1);
                return Task.FromResult("{}");
            },
            prepare: destination => destination.Default = Response.WithStatus(503));
        await InvokeAsync(scene, "blue");
        scene.Destination.Default = Response.Ok;
        await InvokeAsync(scene, "green");
        await scene.Lambda.ShutdownAsync(Scene.Cancel);

        Assert.Equal(["for blue", "for green"], Delivered.Lines(scene.Destination).Order());
        foreach (var request in Delivered.Accepted(scene.Destination))
        {
            var other = request.Header("X-Scope-OrgID") == "t-blue" ? "green" : "blue";
            Assert.DoesNotContain($"for {other}", request.Text, StringComparison.Ordinal);
        }
    }

    static bool IsFor(ReceivedRequest request, string tenant) => request.Header("X-Scope-OrgID") == $"t-{tenant}"
        && request.Text.Contains($"for {tenant}", StringComparison.Ordinal)
        && request.Text.Contains($"org-{tenant}", StringComparison.Ordinal);

    static Task<Scene> StartAsync(
        string format,
        Dictionary<string, string>? more = null,
        Func<InvocationContext, Task<string>>? function = null,
        Action<ScriptedDestination>? prepare = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["LOGS_FORMAT"] = format,
            ["HTTP_COMPRESSION"] = "none",
            ["HTTP_HEADERS"] = "X-Scope-OrgID=t-{tenant_id}",
            ["LOGS_FIELDS"] = "org=org-{tenant_id}",
        };
        foreach (var (name, value) in more ?? [])
            environment[name] = value;

        return Scene.StartAsync(function ?? SayTenant, environment, prepare: prepare);
    }

    static Task<string> SayTenant(InvocationContext invocation)
    {
        invocation.Log($"for {invocation.TenantId}");
        return Task.FromResult("{}");
    }

    static async Task InvokeAsync(Scene scene, string tenant)
    {
        var result = await scene.Lambda.InvokeAsync("{}"u8.ToArray(), tenant, Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);
        await result.Finished.WaitAsync(Scene.Patience, Scene.Cancel);
        await scene.Lambda.IdleAsync(Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);
    }
}
