using System.Net.Sockets;
using System.Security.Authentication;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class SendFailureTests
{
    static readonly Uri Endpoint = new("https://me:SECRET@logs.example.com:8443/SECRET?SECRET");
    static readonly Uri Proxy = new("http://me:SECRET@proxy.example.com:3128/");

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
    [InlineData(HttpRequestError.ProxyTunnelError, FailureKind.Unreachable)]
    [InlineData(HttpRequestError.ResponseEnded, FailureKind.Reset)]
    [InlineData(HttpRequestError.InvalidResponse, FailureKind.Protocol)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, FailureKind.Protocol)]
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
    [InlineData(FailureKind.Other, "the request to logs.example.com:8443 failed: Exception")]
    internal void Words_name_the_host_and_nothing_more(FailureKind kind, string expected) =>
        Assert.Equal(expected, SendFailure.Describe(kind, new Exception("SECRET"), null, Endpoint, proxy: null));

    [Theory]
    [InlineData(FailureKind.Refused, "the proxy proxy.example.com:3128 refused the connection")]
    [InlineData(FailureKind.Unreachable, "the proxy proxy.example.com:3128 cannot be reached")]
    [InlineData(FailureKind.NameNotResolved, "the name proxy.example.com cannot be resolved")]
    [InlineData(FailureKind.TimedOut, "logs.example.com:8443 did not answer in time")]
    internal void Over_a_proxy_it_is_the_proxy_that_is_connected_with(FailureKind kind, string expected) =>
        Assert.Equal(expected, SendFailure.Describe(kind, new Exception("SECRET"), null, Endpoint, Proxy));

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
        return SendFailure.Describe(FailureKind.Tls, failure, refusal, Endpoint, proxy: null);
    }
}
