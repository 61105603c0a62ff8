using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Delivery.Aws;

/// <summary>Credentials out of a store, from the store to the endpoint, both on the loopback address.</summary>
public sealed class SecretStoreAuthenticatorTests : IAsyncDisposable
{
    static readonly byte[] Body = "{}"u8.ToArray();

    readonly FakeStores _stores = new();
    readonly ManualClock _clock = new();
    readonly CollectedLines _lines = new();
    readonly List<string> _accepted = ["first"];
    readonly ScriptedServer _endpoint;

    public SecretStoreAuthenticatorTests() => _endpoint = ScriptedServer.Start(async peer =>
    {
        while (await peer.ReadRequestAsync() is { } request)
        {
            var token = request.Header("Authorization")!["Bearer ".Length..];
            var isAccepted = _accepted.Contains(token);
            await peer.RespondAsync(isAccepted ? 200 : 401, isAccepted ? "" : $"bad token {token}");
        }
    });

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        await _stores.DisposeAsync();
    }

    [Theory]
    [InlineData(FakeStores.SecretArn, "first", "first")]
    [InlineData(FakeStores.ParameterArn, "first\n", "first")]
    [InlineData(FakeStores.SecretArn + "#token", """{"token":"first"}""", "first")]
    [InlineData(FakeStores.ParameterArn + "#token", """{"token":"first"}""", "first")]
    public async Task Credentials_are_read_before_the_first_request_and_kept(string arn, string stored, string token)
    {
        _stores.Value = stored;
        var destination = New(arn);

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);

        Assert.Equal("Bearer " + token, (await _endpoint.NextRequestAsync()).Header("Authorization"));
        Assert.Equal(1, _stores.Asked);
        Assert.Empty(_lines.Written);
    }

    [Fact]
    public async Task Nothing_is_asked_before_the_first_request()
    {
        New();

        await Task.Yield();

        Assert.Equal(0, _stores.Asked);
    }

    [Fact]
    public async Task The_question_is_signed_with_the_functions_keys()
    {
        await SendAsync(New());

        var question = await _stores.NextAsync();
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKID/20260314/eu-central-1/secretsmanager/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=", question.Header("Authorization"));
        Assert.Equal("session", question.Header("X-Amz-Security-Token"));
        Assert.Equal("application/x-amz-json-1.1", question.Header("Content-Type"));
    }

    [Fact]
    public async Task Without_credentials_nothing_reaches_the_endpoint_and_the_batch_is_kept()
    {
        var destination = New();
        _stores.Failure = (400, """{"__type":"AccessDeniedException","Message":"not authorized to perform: secretsmanager:GetSecretValue on it"}""");

        var refused = await SendAsync(destination);
        _stores.Failure = null;
        var sent = await SendAsync(destination);

        Assert.Equal((Verdict.Retry, FailureKind.NoCredentials), (refused.Verdict, refused.Failure));
        Assert.StartsWith($"{FakeStores.SecretArn} cannot be read: the function's role lacks the permission secretsmanager:GetSecretValue", refused.Detail);
        Assert.Equal(Verdict.Delivered, sent.Verdict);
        Assert.Equal(1, _endpoint.Connections);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_reported_by_its_address()
    {
        var destination = New(url: "http://127.0.0.1:1");

        Assert.Equal($"{FakeStores.SecretArn} cannot be read: 127.0.0.1:1 refused the connection", (await SendAsync(destination)).Detail);
    }

    [Fact]
    public async Task A_store_that_says_nothing_is_given_up_in_time()
    {
        _stores.Gate = new TaskCompletionSource();
        using var look = new InterruptSignal();
        var sending = New().SendAsync(Body, "1", Cancel, look);
        await _stores.NextAsync();

        _clock.Advance(TimeSpan.FromSeconds(10));
        look.Signal();

        Assert.Contains("did not respond in time (a function in a VPC needs an interface endpoint or a NAT gateway for it)", (await sending.Within("the end")).Detail);
    }

    [Fact]
    public async Task A_question_outlives_the_attempt_that_asked_it()
    {
        _stores.Gate = new TaskCompletionSource();
        var destination = New();
        using (var cutOff = new CancellationTokenSource())
        {
            var sending = destination.SendAsync(Body, "1", cutOff.Token);
            await _stores.NextAsync();
            await cutOff.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        }

        _stores.Gate.SetResult();

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal(1, _stores.Asked);
    }

    [Fact]
    public async Task After_a_freeze_the_question_is_asked_again()
    {
        _stores.Gate = new TaskCompletionSource();
        var destination = New();
        using var interrupt = new InterruptSignal();
        var sending = destination.SendAsync(Body, "1", Cancel, interrupt);
        await _stores.NextAsync();
        _stores.Gate = null;

        destination.InvalidateConnections();
        interrupt.Signal();

        Assert.Equal(FailureKind.CutOff, (await sending.Within("the interruption")).Failure);
        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal(2, _stores.Asked);
    }

    [Fact]
    public async Task Old_credentials_are_read_again()
    {
        var destination = New();
        await SendAsync(destination);
        (_stores.Value, _accepted[0]) = ("second", "second");

        _clock.Advance(TimeSpan.FromSeconds(301));

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal("Bearer first", (await _endpoint.NextRequestAsync()).Header("Authorization"));
        Assert.Equal("Bearer second", (await _endpoint.NextRequestAsync()).Header("Authorization"));
        Assert.Equal($"[EXTENSION] INFO the credentials in {FakeStores.SecretArn} have changed; the new ones are used\n", Assert.Single(_lines.Written));
    }

    [Fact]
    public async Task Time_that_passed_in_a_freeze_makes_them_old_as_well()
    {
        var destination = New();
        await SendAsync(destination);

        _clock.Jump(TimeSpan.FromHours(1));
        await SendAsync(destination);

        Assert.Equal(2, _stores.Asked);
    }

    [Fact]
    public async Task A_slow_store_does_not_hold_requests_that_have_credentials()
    {
        var destination = New();
        await SendAsync(destination);
        _stores.Gate = new TaskCompletionSource();
        _clock.Advance(TimeSpan.FromSeconds(301));

        var sending = destination.SendAsync(Body, "2", Cancel);
        await _stores.NextAsync();
        await _stores.NextAsync();
        _clock.Advance(250);

        Assert.Equal(Verdict.Delivered, (await sending.Within("the delivery")).Verdict);
        _stores.Gate.SetResult();
    }

    [Fact]
    public async Task While_the_store_fails_the_former_credentials_are_used_which_is_said_once()
    {
        var destination = New();
        await SendAsync(destination);
        _stores.Failure = (503, "");

        for (var round = 0; round < 3; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(301));
            Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);

            // Not with every request.
            Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        }

        Assert.Equal(4, _stores.Asked);
        Assert.Equal(
            $"[EXTENSION] WARN {FakeStores.SecretArn} cannot be read: status 503; the previous credentials are still used\n",
            Assert.Single(_lines.Written));
    }

    [Fact]
    public async Task A_refusal_reads_them_again_and_sends_again_where_they_have_changed()
    {
        var destination = New();
        await SendAsync(destination);
        (_stores.Value, _accepted[0]) = ("second", "second");

        var result = await SendAsync(destination);

        Assert.Equal(Verdict.Delivered, result.Verdict);
        Assert.Equal(2, _stores.Asked);
    }

    [Fact]
    public async Task A_refusal_of_unchanged_credentials_is_final_and_the_store_is_not_asked_each_time()
    {
        var destination = New();
        _accepted.Clear();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var result = await SendAsync(destination);
            Assert.Equal((Verdict.Unauthorized, 401), (result.Verdict, result.Status));
            Assert.Equal("bad token ***", result.Detail);
        }

        Assert.Equal(2, _stores.Asked);
    }

    [Fact]
    public async Task Refused_credentials_are_looked_at_again_after_a_while_that_grows()
    {
        var destination = New();
        _accepted.Clear();
        await SendAsync(destination);
        var asked = new List<int>();
        foreach (var seconds in new[] { 9, 2, 19, 2, 39, 2 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            await SendAsync(destination);
            asked.Add(_stores.Asked);
        }

        Assert.Equal([2, 3, 3, 4, 4, 5], asked);
    }

    [Fact]
    public async Task A_refusal_while_the_store_fails_keeps_the_batch()
    {
        var destination = New();
        await SendAsync(destination);
        _accepted[0] = "second";
        _stores.Failure = (503, "");

        var refused = await SendAsync(destination);
        var waiting = await SendAsync(destination);
        (_stores.Failure, _stores.Value) = (null, "second");
        var sent = await SendAsync(destination);

        Assert.Equal((Verdict.Retry, 401), (refused.Verdict, refused.Status));
        Assert.Equal($"the credentials may have changed, but {FakeStores.SecretArn} cannot be read: status 503", refused.Detail);
        Assert.Equal((Verdict.Retry, FailureKind.NoCredentials), (waiting.Verdict, waiting.Failure));
        Assert.Equal(Verdict.Delivered, sent.Verdict);
    }

    [Fact]
    public async Task Credentials_that_cannot_stand_in_a_header_are_never_shown()
    {
        _stores.Value = "sec\nret";

        var result = await SendAsync(New());

        Assert.Equal($"{FakeStores.SecretArn} cannot be used as credentials: expected a token of visible ASCII characters", result.Detail);
    }

    [Fact]
    public async Task Without_keys_of_the_function_the_line_says_so()
    {
        var result = await SendAsync(New(keys: null));

        Assert.Equal(
            $"{FakeStores.SecretArn} cannot be read: there are no AWS keys (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set)",
            result.Detail);
    }

    static async Task<SendResult> SendAsync(RenewingDestination destination) => await destination.SendAsync(Body, "1", Cancel).Within("a result");

    RenewingDestination New(string arn = FakeStores.SecretArn, string? url = null) => New(arn, url, new AwsKeys("AKID", "s3cr3t-key", "session"));

    RenewingDestination New(AwsKeys? keys) => New(FakeStores.SecretArn, null, keys);

    RenewingDestination New(string arn, string? url, AwsKeys? keys)
    {
        var options = new DestinationOptions { Url = _endpoint.Endpoint.AbsoluteUri };
        var authentication = new AwsAuthentication
        {
            Environment = new AwsOptions { Keys = keys, SecretsManagerUrl = url ?? _stores.Url, SsmUrl = url ?? _stores.Url },
            Secret = SecretReference.Parse(arn),
            Recipe = new AuthenticationRecipe { Kind = AuthenticationKind.Bearer },
        };
        var authenticator = AwsAuthenticatorFactory.Create(authentication, options, _clock, _lines.Log);
        return new RenewingDestination(new HttpDestination(options, Some.Format(), new RetryOptions(), _clock, authenticator), authenticator, _clock);
    }
}
