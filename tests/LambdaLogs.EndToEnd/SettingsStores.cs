using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>Systems Manager and S3 on the loopback address: both hold the same settings, and want signed questions.</summary>
sealed class SettingsStores : IAsyncDisposable
{
    public const string ParameterArn = "arn:aws:ssm:us-east-1:123456789012:parameter/logs/settings";
    public const string ObjectArn = "arn:aws:s3:::my.bucket/logs/a b.env";

    readonly ScriptedDestination _server = ScriptedDestination.Start(new DestinationOptions());

    public SettingsStores() => _server.Script = Decide;

    public string Url => _server.Endpoint.AbsoluteUri;

    /// <summary>What they hold.</summary>
    public string Text { get; set; } = "";

    /// <summary>What they hold in place of a text.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>What they do in place of giving it. Null: they give it.</summary>
    public Response? Instead { get; set; }

    /// <summary>How many questions are responded to so.</summary>
    public int InsteadFor { get; set; } = int.MaxValue;

    public int Asked => _server.Requests.Count;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    Response Decide(RequestHead head)
    {
        if (Instead is { } instead && InsteadFor-- > 0)
            return instead;

        var isParameter = head.Header("X-Amz-Target") == "AmazonSSM.GetParameter";
        var scope = isParameter ? "ssm" : "s3";
        if (head.Header("Authorization")?.Contains($"/us-east-1/{scope}/aws4_request", StringComparison.Ordinal) != true)
            return Response.WithStatus(403);
        if (isParameter)
            return Reply(Encoding.UTF8.GetBytes($$"""{"Parameter":{"Value":{{JsonSerializer.Serialize(Text)}} } }"""));

        return head is { Method: "GET", Target: "/my.bucket/logs/a%20b.env" } && head.Header("X-Amz-Content-Sha256") is { Length: 64 }
            ? Reply(Bytes ?? Encoding.UTF8.GetBytes(Text))
            : Response.WithStatus(404);
    }

    static Response Reply(byte[] body) => Response.Ok with { Body = body };
}
