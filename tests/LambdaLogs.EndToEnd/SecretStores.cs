using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>Secrets Manager and Systems Manager on the loopback address: both hold the same value, and want signed questions.</summary>
sealed class SecretStores : IAsyncDisposable
{
    public const string Arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:logs/endpoint-AbCdEf";
    public const string ParameterArn = "arn:aws:ssm:us-east-1:123456789012:parameter/logs/endpoint";

    readonly ScriptedDestination _server;

    public SecretStores(bool isTls = false)
    {
        _server = ScriptedDestination.Start(new DestinationOptions { IsTls = isTls });
        _server.Script = Decide;
    }

    public string Url => _server.Endpoint.AbsoluteUri;

    public string? AuthorityPem => _server.AuthorityPem;

    /// <summary>What they hold.</summary>
    public string Value { get; set; } = "";

    /// <summary>Whether the function's role lacks the permission.</summary>
    public bool IsDenied { get; set; }

    /// <summary>How long a response takes.</summary>
    public TimeSpan Delay { get; set; }

    public int Asked => _server.Requests.Count;

    public IReadOnlyList<ReceivedRequest> Requests => _server.Requests;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    Response Decide(RequestHead head)
    {
        var service = head.Header("X-Amz-Target")?.StartsWith("AmazonSSM", StringComparison.Ordinal) == true ? "ssm" : "secretsmanager";
        var isSigned = head.Header("Authorization")?.Contains($"/us-east-1/{service}/aws4_request", StringComparison.Ordinal) == true;
        if (!isSigned || IsDenied)
            return Reply(400, """{"__type":"AccessDeniedException","Message":"not authorized to perform: secretsmanager:GetSecretValue on it"}""");

        var value = JsonSerializer.Serialize(Value);
        return Reply(200, service == "ssm" ? $$"""{"Parameter":{"Value":{{value}} } }""" : $$"""{"SecretString":{{value}}}""");
    }

    Response Reply(int status, string body) => Response.WithStatus(status).After(Delay) with { Body = Encoding.UTF8.GetBytes(body) };
}
