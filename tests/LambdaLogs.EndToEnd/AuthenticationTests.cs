using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>How a request proves who sends it, and the mode that sends nothing.</summary>
public sealed class AuthenticationTests
{
    [Theory]
    [InlineData("none", "Authorization", null)]
    [InlineData("Basic", "Authorization", "Basic dXNlcjpzM2NyM3Q=")]
    [InlineData("bearer", "Authorization", "Bearer s3cr3t")]
    [InlineData("APIKEY", "X-API-Key", "s3cr3t")]
    public async Task Each_kind_of_authentication_sends_its_header(string kind, string header, string? value)
    {
        await using var scene = await Scene.StartAsync(environment: new()
        {
            ["HTTP_AUTH_TYPE"] = kind,
            ["HTTP_AUTH_USERNAME"] = "user",
            ["HTTP_AUTH_CREDENTIALS"] = "s3cr3t",
        });
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.NotEmpty(scene.Destination.Requests);
        Assert.All(scene.Destination.Requests, r => Assert.Equal(value, r.Header(header)));
        Assert.DoesNotContain(scene.OwnLines, l => l.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_header_of_an_api_key_can_be_named()
    {
        await using var scene = await Scene.StartAsync(environment: new()
        {
            ["HTTP_AUTH_TYPE"] = "apikey",
            ["HTTP_AUTH_HEADER_NAME"] = "DD-API-KEY",
            ["HTTP_AUTH_CREDENTIALS"] = "key",
        });
        await scene.InvokeAsync();

        Assert.All(scene.Destination.Requests, r => Assert.Equal("key", r.Header("DD-API-KEY")));
    }

    [Fact]
    public async Task Every_request_is_a_json_post_with_a_batch_id_of_its_own()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(2));
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();

        var requests = scene.Destination.Requests;
        Assert.All(requests, r => Assert.Equal("POST", r.Method));
        Assert.All(requests, r => Assert.Equal("/logs", r.Target));
        Assert.All(requests, r => Assert.StartsWith("application/json", r.Header("Content-Type")));
        Assert.Equal(requests.Count, requests.Select(r => r.Header("X-Batch-Id")).Distinct().Count());
    }

    [Fact]
    public async Task Test_mode_shows_the_payload_and_sends_nothing()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Say("shown"), new() { ["HTTP_TEST_MODE"] = "true", ["HTTP_AUTH_TYPE"] = "bearer", ["HTTP_AUTH_CREDENTIALS"] = "s3cr3t" });
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Empty(scene.Destination.Requests);
        Assert.Contains(scene.OwnLines, l => l.StartsWith("[EXTENSION] {\"logs\":[", StringComparison.Ordinal) && l.Contains("\"message\":\"shown\"", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.OwnLines, l => l.Contains("s3cr3t", StringComparison.Ordinal));
        Assert.Equal(0, summary.Dropped);
        Assert.True(summary.Delivered > 0);
    }

    [Fact]
    public async Task Test_mode_needs_no_endpoint()
    {
        await using var scene = await Scene.StartAsync(environment: new() { ["HTTP_TEST_MODE"] = "1", ["HTTP_ENDPOINT"] = "" });
        await scene.InvokeAsync();

        Assert.DoesNotContain(scene.OwnLines, l => l.StartsWith("[EXTENSION] ERROR", StringComparison.Ordinal));
        await scene.EndAsync();
    }

    [Fact]
    public async Task An_https_endpoint_is_trusted_by_its_authority()
    {
        await using var scene = await Scene.StartAsync(
            configure: (environment, destination) => environment["HTTP_TLS_CA"] = destination.AuthorityPem!,
            endpoint: new DestinationOptions { IsTls = true });
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Equal(["hello"], Delivered.Lines(scene.Destination));
    }
}
