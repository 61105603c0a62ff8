using System.Globalization;
using System.IO.Compression;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

/// <summary>Signed requests as they arrive, and where the keys come from.</summary>
public sealed class SigV4AuthenticatorTests
{
    static readonly byte[] Body = "{\"logs\":[]}"u8.ToArray();
    static readonly AwsKeys Keys = new("AKID", "SECRET", "session");
    static readonly SigningScope Scope = new("es", "eu-central-1");

    readonly ManualClock _clock = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_signed_is_what_is_sent(bool isCompressed)
    {
        await using var endpoint = ScriptedServer.StartAnswering(200);
        var options = Options(endpoint) with { Request = new RequestOptions { Compression = isCompressed ? Compression.Gzip : Compression.None } };

        await New(options, new AwsOptions { Keys = Keys }).SendAsync(Body, "1", Cancel).Within("the delivery");

        var request = await endpoint.NextRequestAsync();
        var canonical = new CanonicalRequest(
            "POST",
            "/logs",
            "",
            request.Headers.Where(header => header.Name is "Host" or "Content-Type" || header.Name.StartsWith("X-Amz-", StringComparison.Ordinal)),
            SigV4.HashOf(request.Body));
        Assert.Equal(SigV4.Authorization(canonical, Keys, Scope, request.Header("X-Amz-Date")!), request.Header("Authorization"));
        Assert.Equal("20260314T092653Z", request.Header("X-Amz-Date"));
        if (isCompressed)
        {
            await using var unpacked = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
            Assert.Equal(Body.Length, await unpacked.ReadAsync(new byte[100], Cancel));
        }
    }

    [Fact]
    public async Task Each_attempt_is_signed_again()
    {
        await using var endpoint = ScriptedServer.StartAnswering(503);
        var destination = New(Options(endpoint), new AwsOptions { Keys = Keys });

        await destination.SendAsync(Body, "1", Cancel).Within("the first attempt");
        _clock.Advance(TimeSpan.FromMinutes(20));
        await destination.SendAsync(Body, "1", Cancel).Within("the second attempt");

        Assert.Equal("20260314T092653Z", (await endpoint.NextRequestAsync()).Header("X-Amz-Date"));
        Assert.Equal("20260314T094653Z", (await endpoint.NextRequestAsync()).Header("X-Amz-Date"));
    }

    [Fact]
    public async Task A_refusal_is_explained_with_the_endpoints_clock_and_shows_no_secret()
    {
        var theirs = (_clock.GetUtcNow() + TimeSpan.FromMinutes(12)).ToString("R", CultureInfo.InvariantCulture);
        await using var endpoint = ScriptedServer.StartAnswering(403, "not you: session SECRET", $"Date: {theirs}\r\n");

        var result = await New(Options(endpoint), new AwsOptions { Keys = Keys }).SendAsync(Body, "1", Cancel).Within("the refusal");

        Assert.Equal(Verdict.Unauthorized, result.Verdict);
        Assert.Equal(
            "this machine's clock is 12 minutes behind the endpoint's, so its signatures are rejected: not you: *** ***",
            result.Detail);
        Assert.Equal(1, endpoint.Connections);
    }

    [Fact]
    public async Task Keys_of_the_container_are_asked_for_with_its_token_and_again_before_they_end()
    {
        await using var endpoint = ScriptedServer.StartAnswering(200);
        var issued = 0;
        await using var container = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
                await peer.RespondAsync(200, Response($"AKID{++issued}", _clock.GetUtcNow() + TimeSpan.FromHours(1)));
        });
        var destination = New(Options(endpoint), Container(container));

        await destination.SendAsync(Body, "1", Cancel).Within("the first delivery");
        _clock.Advance(TimeSpan.FromMinutes(54));
        await destination.SendAsync(Body, "2", Cancel).Within("the second delivery");
        _clock.Advance(TimeSpan.FromMinutes(2));
        await destination.SendAsync(Body, "3", Cancel).Within("the third delivery");

        Assert.Equal(2, issued);
        var question = await container.NextRequestAsync();
        Assert.Equal(("GET /logs HTTP/1.1", "token"), (question.Line, question.Header("Authorization")));
        foreach (var id in new[] { "AKID1", "AKID1", "AKID2" })
            Assert.Contains($"Credential={id}/", (await endpoint.NextRequestAsync()).Header("Authorization"));
    }

    [Fact]
    public async Task Keys_that_have_not_ended_are_used_on_while_the_container_fails()
    {
        await using var endpoint = ScriptedServer.StartAnswering(200);
        var isFailing = false;
        await using var container = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
                await peer.RespondAsync(isFailing ? 500 : 200, Response("AKID", _clock.GetUtcNow() + TimeSpan.FromHours(1)));
        });
        var destination = New(Options(endpoint), Container(container));
        await destination.SendAsync(Body, "1", Cancel).Within("the first delivery");
        isFailing = true;

        _clock.Advance(TimeSpan.FromMinutes(57));
        var before = await destination.SendAsync(Body, "2", Cancel).Within("the second delivery");
        _clock.Advance(TimeSpan.FromMinutes(4));
        var after = await destination.SendAsync(Body, "3", Cancel).Within("the third attempt");

        Assert.Equal(Verdict.Delivered, before.Verdict);
        Assert.Equal((Verdict.Retry, FailureKind.NoCredentials), (after.Verdict, after.Failure));
        Assert.Equal("no AWS keys from the container's credentials endpoint: it responded with 500", after.Detail);
    }

    [Fact]
    public async Task A_refusal_takes_newer_keys_of_the_container_where_there_are_some()
    {
        await using var endpoint = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
                await peer.RespondAsync(request.Header("Authorization")!.Contains("AKID2", StringComparison.Ordinal) ? 200 : 403);
        });
        var issued = 0;
        await using var container = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
                await peer.RespondAsync(200, Response($"AKID{++issued}", _clock.GetUtcNow() + TimeSpan.FromHours(1)));
        });

        var result = await New(Options(endpoint), Container(container)).SendAsync(Body, "1", Cancel).Within("the delivery");

        Assert.Equal(Verdict.Delivered, result.Verdict);
        Assert.Equal(2, issued);
    }

    [Fact]
    public async Task The_same_keys_with_another_end_are_not_newer()
    {
        await using var endpoint = ScriptedServer.StartAnswering(403);
        var end = _clock.GetUtcNow() + TimeSpan.FromHours(1);
        await using var container = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
                await peer.RespondAsync(200, Response("AKID", end += TimeSpan.FromMinutes(1)));
        });

        var result = await New(Options(endpoint), Container(container)).SendAsync(Body, "1", Cancel).Within("the refusal");

        Assert.Equal(Verdict.Unauthorized, result.Verdict);
        await endpoint.NextRequestAsync();
        Assert.Equal(1, endpoint.Connections);
    }

    [Fact]
    public async Task The_token_may_lie_in_a_file()
    {
        await using var endpoint = ScriptedServer.StartAnswering(200);
        await using var container = ScriptedServer.StartAnswering(200, Response("AKID", null));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "from the file\n", Cancel);

        await New(Options(endpoint), Container(container) with { ContainerTokenFile = file }).SendAsync(Body, "1", Cancel).Within("the delivery");
        File.Delete(file);

        Assert.Equal("from the file", (await container.NextRequestAsync()).Header("Authorization"));
    }

    [Fact]
    public void Options_never_show_what_they_hold() =>
        Assert.DoesNotContain("SECRET", $"{new AwsOptions { Keys = Keys, ContainerToken = "SECRET" }}{Keys}", StringComparison.Ordinal);

    static string Response(string id, DateTimeOffset? until) =>
        $$"""{"AccessKeyId":"{{id}}","SecretAccessKey":"SECRET","Token":"session"{{(until is { } end ? $",\"Expiration\":\"{end:yyyy-MM-ddTHH:mm:ssZ}\"" : "")}}}""";

    static AwsOptions Container(ScriptedServer server) => new() { ContainerUrl = server.Endpoint.AbsoluteUri, ContainerToken = "token" };

    static DestinationOptions Options(ScriptedServer endpoint) => new() { Url = endpoint.Endpoint.AbsoluteUri };

    RenewingDestination New(DestinationOptions options, AwsOptions aws)
    {
        var authenticator = AwsAuthenticatorFactory.Create(new AwsAuthentication { Environment = aws, Signing = Scope }, options, _clock, new CollectedLines().Log);
        return new RenewingDestination(new HttpDestination(options, Some.Format(), new RetryOptions(), _clock, authenticator), authenticator, _clock);
    }
}
