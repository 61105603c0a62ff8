using System.Net.Sockets;
using System.Security.Authentication;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class SendFailureTests
{
    static readonly DestinationOptions Direct = new() { Url = "https://logs.example.com:8443/SECRET?SECRET" };

    static readonly DestinationOptions Proxied = Direct with { Proxies = new() { Https = ("HTTPS_PROXY", "http://me:SECRET@proxy.example.com:3128") } };

    public static TheoryData<SocketError, string> Errors => new()
    {
        { SocketError.ConnectionRefused, nameof(FailureKind.Refused) },
        { SocketError.HostUnreachable, nameof(FailureKind.Unreachable) },
        { SocketError.NetworkUnreachable, nameof(FailureKind.Unreachable) },
        { SocketError.AccessDenied, nameof(FailureKind.Unreachable) },
        { SocketError.TimedOut, nameof(FailureKind.TimedOut) },
        { SocketError.HostNotFound, nameof(FailureKind.NameNotResolved) },
        { SocketError.TryAgain, nameof(FailureKind.NameNotResolved) },
        { SocketError.ConnectionReset, nameof(FailureKind.Reset) },
        { SocketError.Shutdown, nameof(FailureKind.Reset) },
        { SocketError.TooManyOpenSockets, nameof(FailureKind.Unreachable) },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_socket_s_error_tells_the_cause(SocketError error, string expected)
    {
        var failure = new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException((int)error));

        Assert.Equal(expected, SendFailure.KindOf(failure).ToString());
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, FailureKind.NameNotResolved)]
    [InlineData(HttpRequestError.ConnectionError, FailureKind.Unreachable)]
    [InlineData(HttpRequestError.SecureConnectionError, FailureKind.Tls)]
    [InlineData(HttpRequestError.ResponseEnded, FailureKind.Reset)]
    [InlineData(HttpRequestError.InvalidResponse, FailureKind.Protocol)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, FailureKind.Protocol)]
    [InlineData(HttpRequestError.HttpProtocolError, FailureKind.Protocol)]
    [InlineData(HttpRequestError.VersionNegotiationError, FailureKind.Protocol)]
    [InlineData(HttpRequestError.Unknown, FailureKind.Other)]
    internal void The_clients_error_tells_the_stage(HttpRequestError error, FailureKind expected) =>
        Assert.Equal(expected, SendFailure.KindOf(new HttpRequestException(error, "x")));

    [Fact]
    public void Other_exceptions_tell_what_they_can()
    {
        Assert.Equal(FailureKind.TimedOut, SendFailure.KindOf(new TaskCanceledException("x", new TimeoutException())));
        Assert.Equal(FailureKind.Reset, SendFailure.KindOf(new HttpRequestException("x", new IOException("broken pipe"))));
        Assert.Equal(FailureKind.Reset, SendFailure.KindOf(new IOException("x", new SocketException((int)SocketError.ConnectionReset))));
        Assert.Equal(FailureKind.Other, SendFailure.KindOf(new ObjectDisposedException("x")));
        Assert.False(SendFailure.IsExpected(new InvalidOperationException()));
        Assert.False(SendFailure.IsExpected(new NullReferenceException()));
    }

    [Theory]
    [InlineData(FailureKind.Refused, "logs.example.com:8443 refused the connection")]
    [InlineData(FailureKind.Unreachable, "logs.example.com:8443 cannot be reached")]
    [InlineData(FailureKind.NameNotResolved, "the name logs.example.com cannot be resolved")]
    [InlineData(FailureKind.TimedOut, "logs.example.com:8443 did not answer in time")]
    [InlineData(FailureKind.Reset, "logs.example.com:8443 closed the connection before it answered")]
    [InlineData(FailureKind.Protocol, "logs.example.com:8443 did not answer in HTTP")]
    [InlineData(FailureKind.Other, "the request to logs.example.com:8443 failed: a fault of the extension itself, code 80131500")]
    internal void Words_name_the_host_and_nothing_more(FailureKind kind, string expected) =>
        Assert.Equal(expected, SendFailure.Describe(kind, new Exception("SECRET"), null, Direct));

    [Theory]
    [InlineData(FailureKind.Refused, "the proxy proxy.example.com:3128 refused the connection")]
    [InlineData(FailureKind.Unreachable, "the proxy proxy.example.com:3128 cannot be reached")]
    [InlineData(FailureKind.NameNotResolved, "the name proxy.example.com cannot be resolved")]
    [InlineData(FailureKind.TimedOut, "logs.example.com:8443 did not answer in time over the proxy proxy.example.com:3128")]
    [InlineData(FailureKind.Reset, "logs.example.com:8443 closed the connection before it answered")]
    internal void Over_a_proxy_it_is_the_proxy_that_is_connected_with(FailureKind kind, string expected) =>
        Assert.Equal(expected, SendFailure.Describe(kind, new Exception("SECRET"), null, Proxied));

    [Theory]
    [InlineData(407, "the proxy proxy.example.com:3128 does not take the credentials of HTTPS_PROXY (407)")]
    [InlineData(403, "the proxy proxy.example.com:3128 does not connect with logs.example.com:8443: it answered 403")]
    [InlineData(0, "the proxy proxy.example.com:3128 did not answer in HTTP when asked to connect with logs.example.com:8443; HTTPS_PROXY names it")]
    public void A_proxy_that_refuses_is_named_with_its_answer(int status, string expected)
    {
        var failure = new HttpRequestException(HttpRequestError.ConnectionError, "x", new ProxyRefusal(status));

        Assert.Equal(FailureKind.Proxy, SendFailure.KindOf(failure));
        Assert.Equal(expected, SendFailure.Describe(FailureKind.Proxy, failure, null, Proxied));
    }

    [Fact]
    public void A_proxy_that_asks_for_credentials_is_told_with_the_way_to_give_them()
    {
        var open = Direct with { Proxies = new() { Https = ("https_proxy", "proxy.example.com:3128") } };

        Assert.Equal(
            "the proxy proxy.example.com:3128 asks for credentials (407): "
            + "https_proxy=http://user:password@proxy.example.com:3128 can give them",
            SendFailure.Describe(FailureKind.Proxy, new ProxyRefusal(407), null, open));
    }

    [Fact]
    public void Where_HTTP_2_was_asked_for_the_words_say_so()
    {
        var options = Direct with { Request = new() { Version = WireVersion.Http2 } };

        Assert.Equal(
            "logs.example.com:8443 did not answer in HTTP/2, as HTTP_VERSION wants it",
            SendFailure.Describe(FailureKind.Protocol, new Exception(), null, options));
    }

    [Fact]
    public void Words_about_TLS_are_never_the_framework_s_keys()
    {
        const string Start = "no TLS connection with logs.example.com:8443: ";
        Assert.Equal(Start + "it was closed during the handshake", Tls(new IOException("net_io_eof")));
        Assert.Equal(Start + "the handshake failed", Tls(new AuthenticationException("net_ssl_x")));
        Assert.Equal(Start + "wrong version number", Tls(new AuthenticationException("wrong version\nnumber")));
        Assert.Equal("it is not trusted", Tls(new AuthenticationException("net_ssl_x"), "it is not trusted"));
    }

    static string Tls(Exception cause, string? refusal = null)
    {
        var failure = new HttpRequestException(HttpRequestError.SecureConnectionError, "x", cause);
        return SendFailure.Describe(FailureKind.Tls, failure, refusal, Direct);
    }
}
