using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class FailureDescriptionTests
{
    static readonly DestinationOptions Direct = new() { Url = "https://logs.example.com:8443/SECRET?SECRET" };

    static readonly DestinationOptions Proxied = Direct with { Proxies = new() { Https = ("HTTPS_PROXY", "http://me:SECRET@proxy.example.com:3128") } };

    static readonly DestinationOptions PlainProxied = new()
    {
        Url = "http://logs.example.com/SECRET",
        Proxies = new() { Http = ("HTTP_PROXY", "http://me:SECRET@proxy.example.com:3128") },
    };

    [Theory]
    [InlineData(111, FailureKind.Refused)]
    [InlineData(113, FailureKind.Unreachable)]
    [InlineData(101, FailureKind.Unreachable)]
    [InlineData(13, FailureKind.Unreachable)]
    [InlineData(110, FailureKind.TimedOut)]
    [InlineData(104, FailureKind.Reset)]
    [InlineData(24, FailureKind.Unreachable)]
    [InlineData(22, FailureKind.Unreachable)]
    [InlineData(97, FailureKind.Unreachable)]
    [InlineData(99, FailureKind.Unreachable)]
    internal void An_error_of_the_kernel_tells_the_cause(int error, FailureKind expected) =>
        Assert.Equal(expected, FailureDescription.KindOf(WireFailure.OfConnecting(error)));

    [Theory]
    [InlineData(12, true)]
    [InlineData(23, true)]
    [InlineData(24, true)]
    [InlineData(105, true)]
    [InlineData(22, false)]
    [InlineData(97, false)]
    [InlineData(99, false)]
    [InlineData(101, false)]
    public void Only_what_the_process_lacks_is_reported_as_such(int error, bool isLack) =>
        Assert.Equal(isLack ? WireFault.NoResource : WireFault.Unreachable, WireFailure.OfConnecting(error).Fault);

    [Fact]
    public void Every_fault_of_the_wire_has_a_kind()
    {
        foreach (var fault in Enum.GetValues<WireFault>())
            Assert.NotEqual(FailureKind.Other, FailureDescription.KindOf(new WireFailure(fault)));
    }

    [Theory]
    [InlineData(FailureKind.Refused, "logs.example.com:8443 refused the connection")]
    [InlineData(FailureKind.Unreachable, "logs.example.com:8443 cannot be reached")]
    [InlineData(FailureKind.NameNotResolved, "the name logs.example.com cannot be resolved")]
    [InlineData(FailureKind.TimedOut, "logs.example.com:8443 did not respond in time")]
    [InlineData(FailureKind.Reset, "logs.example.com:8443 closed the connection before it responded")]
    [InlineData(FailureKind.Protocol, "logs.example.com:8443 does not speak HTTP")]
    [InlineData(FailureKind.HeadTooLarge, "logs.example.com:8443 responded with headers of more than 64 KB, which are not read")]
    [InlineData(FailureKind.Other, "the request to logs.example.com:8443 failed")]
    internal void Words_name_the_host_and_nothing_more(FailureKind kind, string expected) =>
        Assert.Equal(expected, FailureDescription.Describe(kind, default, null, Direct));

    [Fact]
    public void Words_tell_what_a_name_and_a_process_lack()
    {
        Assert.Equal(
            "the name logs.example.com cannot be resolved: no name server responded",
            FailureDescription.Describe(FailureKind.NameNotResolved, new WireFailure(WireFault.NameServer), null, Direct));
        Assert.Equal(
            "cannot connect to logs.example.com:8443: the process has no file descriptor or memory left",
            FailureDescription.Describe(FailureKind.Unreachable, new WireFailure(WireFault.NoResource), null, Direct));
    }

    [Theory]
    [InlineData(FailureKind.Refused, "the proxy proxy.example.com:3128 refused the connection")]
    [InlineData(FailureKind.Unreachable, "the proxy proxy.example.com:3128 cannot be reached")]
    [InlineData(FailureKind.NameNotResolved, "the name proxy.example.com cannot be resolved")]
    [InlineData(FailureKind.TimedOut, "logs.example.com:8443 did not respond in time through the proxy proxy.example.com:3128")]
    [InlineData(FailureKind.Reset, "logs.example.com:8443 closed the connection before it responded")]
    internal void Over_a_proxy_it_is_the_proxy_that_is_connected_with(FailureKind kind, string expected) =>
        Assert.Equal(expected, FailureDescription.Describe(kind, default, null, Proxied));

    [Theory]
    [InlineData(FailureKind.Reset, "the proxy proxy.example.com:3128 closed the connection before it responded")]
    [InlineData(FailureKind.Protocol, "the proxy proxy.example.com:3128 does not speak HTTP")]
    internal void A_proxy_that_takes_the_requests_itself_is_named(FailureKind kind, string expected) =>
        Assert.Equal(expected, FailureDescription.Describe(kind, default, null, PlainProxied));

    [Theory]
    [InlineData(407, "the proxy proxy.example.com:3128 rejected the credentials in HTTPS_PROXY (407)")]
    [InlineData(403, "the proxy proxy.example.com:3128 refused to connect to logs.example.com:8443: status 403")]
    public void A_proxy_that_refuses_is_named_with_its_status(int status, string expected) =>
        Assert.Equal(expected, FailureDescription.Describe(FailureKind.Proxy, new WireFailure(WireFault.Proxy, status), null, Proxied));

    [Fact]
    public void A_proxy_that_asks_for_credentials_is_reported_with_the_way_to_give_them()
    {
        var open = Direct with { Proxies = new() { Https = ("https_proxy", "proxy.example.com:3128") } };

        Assert.Equal(
            "the proxy proxy.example.com:3128 requires credentials (407); "
            + "set https_proxy=http://user:password@proxy.example.com:3128",
            FailureDescription.Describe(FailureKind.Proxy, new WireFailure(WireFault.Proxy, 407), null, open));
    }

    [Fact]
    public void Words_about_TLS_are_OpenSSL_s_or_those_of_the_certificate_check()
    {
        const string Start = "the TLS handshake with logs.example.com:8443 failed: ";
        Assert.Equal(Start + "the connection was closed", Tls(null));
        Assert.Equal(Start + "wrong version number", Tls("wrong version number"));
        Assert.Equal("it is not trusted", Tls("certificate verify failed", "it is not trusted"));
    }

    static string Tls(string? text, string? refusal = null) =>
        FailureDescription.Describe(FailureKind.Tls, new WireFailure(WireFault.Tls, Text: text), refusal, Direct);
}
