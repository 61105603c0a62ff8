using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.EndToEnd;

/// <summary>Credentials out of Secrets Manager and the Parameter Store, and signed requests, with the layer as it ships.</summary>
public sealed class SecretStoreAuthenticatorTests
{
    [Theory]
    [InlineData(SecretStores.Arn, "t0ken", false)]
    [InlineData(SecretStores.Arn + "#token", """{"token":"t0ken"}""", false)]
    [InlineData(SecretStores.ParameterArn, "t0ken", false)]
    [InlineData(SecretStores.Arn, "t0ken", true)]
    public async Task Credentials_are_read_off_the_init_path_and_used(string arn, string stored, bool isTls)
    {
        await using var stores = new SecretStores(isTls) { Value = stored };
        await using var scene = await StartAsync(stores, arn);
        Assert.Equal(0, stores.Asked);
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello"], scene.Story());
        Assert.All(scene.Destination.Requests, r => Assert.Equal("Bearer t0ken", r.Header("Authorization")));
        Assert.Equal(1, stores.Asked);
        Assert.DoesNotContain(scene.OwnLines, l => l.Contains("t0ken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_wait_while_the_secret_cannot_be_read_which_is_said_once()
    {
        await using var stores = new SecretStores { Value = "t0ken", IsDenied = true };
        await using var scene = await StartAsync(stores, SecretStores.Arn);
        await scene.InvokeAsync();
        Assert.Empty(scene.Destination.Requests);

        stores.IsDenied = false;
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello", "hello"], scene.Story());
        Assert.Equal(0, summary.Dropped);
        var line = Assert.Single(scene.OwnLines, l => l.Contains(SecretStores.Arn, StringComparison.Ordinal));
        Assert.StartsWith(
            $"[EXTENSION] WARN there are no credentials for the endpoint ({SecretStores.Arn} cannot be read: "
            + "the function's role lacks the permission secretsmanager:GetSecretValue",
            line);
    }

    [Fact]
    public async Task A_rotated_secret_is_read_again_at_the_first_refusal_and_no_record_is_lost()
    {
        await using var stores = new SecretStores { Value = "first" };
        await using var scene = await StartAsync(stores, SecretStores.Arn, d => d.Script = head =>
            head.Header("Authorization") == "Bearer " + stores.Value ? null : Response.WithStatus(401));
        await scene.InvokeAsync();
        stores.Value = "second";
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(0, summary.Dropped);
        Assert.Equal(2, stores.Asked);
        Assert.Contains(scene.OwnLines, l => l.EndsWith("have changed; the new ones are used", StringComparison.Ordinal));
        Assert.Equal(2, Delivered.Lines(scene.Destination).Count);
    }

    [Fact]
    public async Task A_request_is_signed_with_the_keys_of_the_environment()
    {
        await using var scene = await Scene.StartAsync(environment: new()
        {
            ["HTTP_AUTH_TYPE"] = "sigv4",
            ["HTTP_AUTH_SIGV4_SERVICE"] = "es",
        });
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello"], scene.Story());
        Assert.All(scene.Destination.Requests, r => Assert.Matches(
            @"^AWS4-HMAC-SHA256 Credential=\w+/\d{8}/us-east-1/es/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$",
            r.Header("Authorization")));
    }

    [Fact]
    public async Task With_SnapStart_the_keys_are_asked_of_the_platform()
    {
        await using var scene = await Scene.StartAsync(
            environment: new() { ["HTTP_AUTH_TYPE"] = "sigv4", ["HTTP_AUTH_SIGV4_SERVICE"] = "es" },
            change: o => o with { Initialization = InitializationType.SnapStart });
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello"], scene.Story());
        Assert.All(scene.Destination.Requests, r => Assert.StartsWith("AWS4-HMAC-SHA256 Credential=", r.Header("Authorization")));
    }

    static Task<Scene> StartAsync(SecretStores stores, string arn, Action<ScriptedDestination>? prepare = null) => Scene.StartAsync(
        environment: new() { ["HTTP_AUTH_TYPE"] = "bearer", ["HTTP_AUTH_CREDENTIALS"] = arn, ["AWS_ENDPOINT_URL"] = stores.Url },
        prepare: prepare,
        configure: (environment, _) =>
        {
            if (stores.AuthorityPem is { } authority)
                environment["HTTP_TLS_CA"] = authority;
        });
}
