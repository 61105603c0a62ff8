using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class ExtensionsApiTests : IDisposable
{
    const string Registered = "HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: 5d0b-42\r\nContent-Length: 2\r\n\r\n{}";
    const string Spindown = """{"eventType":"SHUTDOWN","deadlineMs":7,"shutdownReason":"spindown"}""";

    readonly ScriptedPlatform _platform = new();
    readonly ExtensionsApi _api;

    public ExtensionsApiTests() => _api = _platform.Connect();

    [Theory]
    [InlineData(true, """{"events":["INVOKE","SHUTDOWN"]}""")]
    [InlineData(false, """{"events":["SHUTDOWN"]}""")]
    public async Task Registration_is_this_request_to_the_byte(bool invoke, string body)
    {
        await Both(_platform.RespondAsync(Registered), () => _api.Register("my-extension", invoke));

        Assert.Equal(
            "POST /2020-01-01/extension/register HTTP/1.1\r\n"
            + $"Host: {_platform.Authority}\r\n"
            + "Lambda-Extension-Name: my-extension\r\n"
            + "Lambda-Extension-Accept-Feature: accountId\r\n"
            + "Content-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}",
            _platform.Requests[0]);
    }

    [Theory]
    [InlineData("""{"accountId":"123456789012","functionName":"f","functionVersion":"$LATEST","handler":""}""", "123456789012")]
    [InlineData("""{"functionName":"f","functionVersion":"$LATEST","handler":"index.handler"}""", "")]
    [InlineData("""{"accountId":""}""", "")]
    [InlineData("""{"accountId":"12345678901x"}""", "")]
    [InlineData("""{"accountId":"1234567890123"}""", "")]
    [InlineData("""{"accountId":"123456789012""", "")]
    public async Task The_account_is_taken_from_the_registration_where_it_has_one(string body, string expected)
    {
        var response = $"HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: 5d0b-42\r\nContent-Length: {body.Length}\r\n\r\n{body}";

        await Both(_platform.RespondAsync(response), () => _api.Register("my-extension", invoke: true));

        Assert.Equal(expected, _api.AccountId);
    }

    [Fact]
    public async Task The_identity_is_sent_with_everything_that_follows()
    {
        await RegisterAsync();
        await Both(_platform.RespondAsync(200, "\"OK\""), () => _api.Subscribe("{}", out _));
        await Both(_platform.RespondAsync(200, Spindown), () => _api.Next());
        await Both(_platform.RespondAsync(202, "{}"), () => _api.FailInit("Extension.ConfigurationInvalid"));

        Assert.StartsWith("PUT /2022-07-01/telemetry HTTP/1.1\r\n", _platform.Requests[1]);
        Assert.EndsWith("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", _platform.Requests[1]);
        Assert.Equal(
            $"GET /2020-01-01/extension/event/next HTTP/1.1\r\nHost: {_platform.Authority}\r\nLambda-Extension-Identifier: 5d0b-42\r\n\r\n",
            _platform.Requests[2]);
        Assert.StartsWith("POST /2020-01-01/extension/init/error HTTP/1.1\r\n", _platform.Requests[3]);
        Assert.Contains("Lambda-Extension-Function-Error-Type: Extension.ConfigurationInvalid\r\nContent-Length: 0\r\n", _platform.Requests[3]);
        Assert.All(_platform.Requests.Skip(1), request => Assert.Contains("\r\nLambda-Extension-Identifier: 5d0b-42\r\n", request));
        Assert.Equal(1, _platform.Connections);
    }

    [Theory]
    [InlineData(403, """{"errorType":"Extension.InvalidExtensionName"}""")]
    [InlineData(500, "Internal\r\nServer Error")]
    [InlineData(200, "no identity")]
    public async Task A_refused_registration_says_why(int status, string body)
    {
        var responded = _platform.RespondAsync(status, body);

        var error = await Assert.ThrowsAsync<PlatformException>(() => Both(responded, () => _api.Register("x", invoke: true)));

        Assert.Equal($"the registration failed with status {status}: {body.ReplaceLineEndings(" ")}", error.Message);
    }

    [Fact]
    public async Task A_refused_next_says_why()
    {
        await RegisterAsync();
        var responded = _platform.RespondAsync(403, """{"errorType":"Extension.UnknownExtensionIdentifier"}""");

        var error = await Assert.ThrowsAsync<PlatformException>(() => Both(responded, () => _api.Next()));

        Assert.Equal("""/next failed with status 403: {"errorType":"Extension.UnknownExtensionIdentifier"}""", error.Message);
    }

    [Fact]
    public async Task A_long_response_is_quoted_in_part()
    {
        var responded = _platform.RespondAsync(500, new string('x', 5000));

        var error = await Assert.ThrowsAsync<PlatformException>(() => Both(responded, () => _api.Register("x", invoke: true)));

        Assert.EndsWith(": " + new string('x', 300), error.Message);
    }

    [Theory]
    [InlineData(200, "\"OK\"", "")]
    [InlineData(202, "not supported", "not supported")]
    [InlineData(400, "URI port is not provided", "URI port is not provided")]
    public async Task A_subscription_gives_the_status_and_what_was_said(int status, string body, string said)
    {
        await RegisterAsync();
        var responded = _platform.RespondAsync(status, body);

        var excerpt = "";
        var found = await Both(responded, () => _api.Subscribe("{}", out excerpt));

        Assert.Equal(status, found);
        Assert.Equal(said, excerpt);
    }

    [Fact]
    public async Task A_chunked_response_is_read()
    {
        await RegisterAsync();
        var responded = _platform.RespondAsync(
            $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{Spindown[..5]}\r\n{Spindown.Length - 5:x}\r\n{Spindown[5..]}\r\n0\r\n\r\n");

        var found = await Both(responded, _api.Next);

        Assert.Equal(PlatformEventKind.Shutdown, found.Kind);
    }

    [Fact]
    public async Task A_response_that_ends_with_its_connection_is_read()
    {
        await RegisterAsync();
        var responded = Task.Run(
            async () =>
            {
                await _platform.RespondAsync($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{Spindown}");
                _platform.CutOff();
            },
            TestContext.Current.CancellationToken);

        var found = await Both(responded, _api.Next);

        Assert.Equal(PlatformEventKind.Shutdown, found.Kind);
    }

    [Fact]
    public async Task A_connection_that_the_platform_wants_to_end_is_not_used_again()
    {
        await Both(_platform.RespondAsync(Registered.Replace("Content", "Connection: close\r\nContent")), () => _api.Register("x", invoke: true));
        _platform.TakeAnother();

        var found = await Both(_platform.RespondAsync(200, Spindown), _api.Next);

        Assert.Equal(PlatformEventKind.Shutdown, found.Kind);
        Assert.Equal(2, _platform.Connections);
    }

    [Fact]
    public async Task An_interim_response_is_skipped()
    {
        await RegisterAsync();
        var responded = _platform.RespondAsync($"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: {Spindown.Length}\r\n\r\n{Spindown}");

        var found = await Both(responded, _api.Next);

        Assert.Equal(PlatformEventKind.Shutdown, found.Kind);
    }

    [Fact]
    public async Task A_next_that_was_asked_before_is_only_waited_for()
    {
        await RegisterAsync();
        _api.RequestNext();
        await _platform.RequestAsync();
        await _platform.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Spindown.Length}\r\n\r\n{Spindown}");

        var found = await Both(Task.CompletedTask, _api.Next);

        Assert.Equal(PlatformEventKind.Shutdown, found.Kind);
        Assert.Equal(2, _platform.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_died_between_two_calls_is_replaced(bool reset)
    {
        await RegisterAsync();
        _platform.CutOff(reset);
        var responded = _platform.RespondAsync(200, Spindown);

        var found = await Both(responded, _api.Next);

        Assert.Equal(PlatformEventKind.Shutdown, found.Kind);
        Assert.Equal(2, _platform.Connections);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 66\r\n\r\n{\"eventType\":\"INV")]
    public async Task A_connection_that_dies_within_a_call_is_replaced_once_and_nothing_of_it_is_left(string half)
    {
        await RegisterAsync();
        var responded = Task.Run(
            async () =>
            {
                await _platform.RespondAsync(half);
                _platform.CutOff();
                await _platform.RespondAsync(200, Spindown);
            },
            TestContext.Current.CancellationToken);

        var found = await Both(responded, _api.Next);

        Assert.Equal(new PlatformEvent(PlatformEventKind.Shutdown, 7, "", "spindown"), found);
        Assert.Equal(2, _platform.Connections);
    }

    [Fact]
    public async Task A_second_failure_in_a_row_is_a_real_one()
    {
        await RegisterAsync();
        var responded = Task.Run(
            async () =>
            {
                await _platform.RequestAsync();
                _platform.CutOff();
                await _platform.RequestAsync();
                _platform.CutOff();
            },
            TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<PlatformException>(() => Both(responded, () => _api.Next()));

        Assert.Equal($"GET /2020-01-01/extension/event/next HTTP/1.1: no response from {_platform.Authority}", error.Message);
        Assert.Equal(2, _platform.Connections);
    }

    [Fact]
    public async Task A_response_that_is_no_HTTP_is_a_failure()
    {
        var responded = _platform.RespondAsync("hello\r\n\r\n");

        await Assert.ThrowsAsync<PlatformException>(() => Both(responded, () => _api.Register("x", invoke: true)));
    }

    [Fact]
    public void A_platform_that_is_not_there_is_a_failure()
    {
        _platform.Dispose();

        Assert.Throws<PlatformException>(() => _api.Register("x", invoke: true));
    }

    [Theory]
    [InlineData(null, "AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda extension and is started by Lambda, from /opt/extensions")]
    [InlineData("nonsense", "AWS_LAMBDA_RUNTIME_API: expected host:port, got \"nonsense\"")]
    public void Without_an_address_one_sentence_says_what_is_wrong(string? address, string message) =>
        Assert.Equal(message, Assert.Throws<PlatformException>(() => ExtensionsApi.At(address)).Message);

    public void Dispose()
    {
        _api.Dispose();
        _platform.Dispose();
    }

    Task RegisterAsync() => Both(_platform.RespondAsync(Registered), () => _api.Register("my-extension", invoke: true));

    static Task Both(Task platform, Action call) => Both(platform, () =>
    {
        call();
        return true;
    });

    /// <summary>The call blocks as long as it takes, so it has a thread of its own, and a limit.</summary>
    static async Task<T> Both<T>(Task platform, Func<T> call)
    {
        try
        {
            return await Task.Run(call, TestContext.Current.CancellationToken).Within("the call to Lambda");
        }
        finally
        {
            await platform.Within("Lambda's part");
        }
    }
}
