using System.Text.Json;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>
/// Secrets Manager and Systems Manager on the loopback address, as far as one secret and one parameter go: each responds to its own request,
/// and only if that is signed for it.
/// </summary>
internal sealed class FakeStores : IAsyncDisposable
{
    public const string SecretArn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs/endpoint-AbCdEf";
    public const string ParameterArn = "arn:aws:ssm:eu-central-1:123456789012:parameter/logs/endpoint";

    readonly ScriptedServer _server;
    int _asked;

    public FakeStores() => _server = ScriptedServer.Start(ServeAsync);

    public string Url => $"http://127.0.0.1:{_server.Port}";

    /// <summary>What the secret or the parameter holds.</summary>
    public string Value { get; set; } = "first";

    /// <summary>Status and body instead of the value. Null: the value.</summary>
    public (int Status, string Body)? Failure { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Responses wait for this. Null: they do not wait.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>The next question.</summary>
    public Task<ReceivedRequest> NextAsync() => _server.NextRequestAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    async Task ServeAsync(Peer peer)
    {
        while (await peer.ReadRequestAsync() is { } request)
        {
            Interlocked.Increment(ref _asked);
            if (Gate is { } gate)
                await gate.Task.WaitAsync(peer.Stopped);

            var (status, body) = Failure ?? Response(request);
            await peer.RespondAsync(status, body, "Content-Type: application/x-amz-json-1.1\r\n");
        }
    }

    (int Status, string Body) Response(ReceivedRequest request)
    {
        var authorization = request.Header("Authorization") ?? "";
        var value = JsonSerializer.Serialize(Value);
        return (request.Header("X-Amz-Target"), request.Text) switch
        {
            ("secretsmanager.GetSecretValue", $$"""{"SecretId":"{{SecretArn}}"}""") when authorization.Contains("/eu-central-1/secretsmanager/aws4_request,", StringComparison.Ordinal) =>
                (200, $$"""{"ARN":"{{SecretArn}}","Name":"logs/endpoint","SecretString":{{value}},"VersionStages":["AWSCURRENT"]}"""),
            ("AmazonSSM.GetParameter", $$"""{"Name":"{{ParameterArn}}","WithDecryption":true}""") when authorization.Contains("/eu-central-1/ssm/aws4_request,", StringComparison.Ordinal) =>
                (200, $$"""{"Parameter":{"ARN":"{{ParameterArn}}","Type":"SecureString","Value":{{value}},"Version":1} }"""),
            _ => (400, """{"__type":"InvalidSignatureException","message":"not signed for this"}"""),
        };
    }
}
