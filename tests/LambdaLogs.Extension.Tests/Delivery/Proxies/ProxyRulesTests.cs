using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Tests.Delivery.Proxies;

public sealed class ProxyRulesTests
{
    readonly ProxyRules _rules = new() { Https = ("HTTPS_PROXY", "http://s:3128"), Http = ("HTTP_PROXY", "http://h:3129"), Exceptions = "direct.org" };

    [Theory]
    [InlineData("https://logs.example.com/", "s:3128")]
    [InlineData("http://logs.example.com/", "h:3129")]
    [InlineData("https://10.0.0.1/", "s:3128")]
    [InlineData("https://direct.org/", null)]
    [InlineData("http://logs.direct.org:8080/", null)]
    public void The_scheme_chooses_unless_the_host_is_an_exception(string endpoint, string? expected) =>
        Assert.Equal(expected, _rules.For(new Uri(endpoint), out _)?.ToString());

    [Theory]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://logs.localhost/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://127.8.9.10/")]
    [InlineData("https://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://169.254.100.1:9001/")]
    [InlineData("http://169.254.170.2/v2/credentials")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://sandbox.localdomain:4243/")]
    public void What_is_in_the_sandbox_is_never_reached_over_a_proxy(string endpoint) =>
        Assert.Null(_rules.For(new Uri(endpoint), out _));

    [Theory]
    [InlineData("proxy", "proxy", 80)]
    [InlineData("proxy:3128", "proxy", 3128)]
    [InlineData("http://proxy:3128/", "proxy", 3128)]
    [InlineData("HTTP://10.0.0.1:3128", "10.0.0.1", 3128)]
    [InlineData("http://[fd00::1]:3128", "fd00::1", 3128)]
    public void A_proxy_is_a_host_and_a_port(string text, string host, int port)
    {
        var proxy = ProxyAddress.Parse("HTTPS_PROXY", text)!;

        Assert.Equal((host, port, null), (proxy.Host, proxy.Port, proxy.Authorization));
    }

    [Fact]
    public void Credentials_become_a_header_and_are_in_no_text()
    {
        var proxy = ProxyAddress.Parse("HTTPS_PROXY", "http://me:p%40ss@proxy:3128")!;

        Assert.Equal("Basic bWU6cEBzcw==", proxy.Authorization);
        Assert.Equal(("proxy:3128", "http://proxy:3128/"), (proxy.ToString(), proxy.Uri.AbsoluteUri));
    }

    [Theory]
    [InlineData("https://proxy:3128")]
    [InlineData("socks5://proxy:1080")]
    [InlineData("http://")]
    [InlineData("http://proxy:99999")]
    [InlineData("http://proxy:3128/path")]
    [InlineData("pro xy")]
    [InlineData("http://proxy:0")]
    public void What_is_no_proxy_for_us_is_reported(string text)
    {
        var rules = new ProxyRules { Https = ("https_proxy", text) };

        Assert.Null(rules.For(new Uri("https://logs.example.com"), out var unusable));
        Assert.Equal("https_proxy", unusable);
    }

    [Fact]
    public void A_proxy_that_is_not_on_the_way_is_not_looked_at()
    {
        var rules = new ProxyRules { Https = ("https_proxy", "nonsense://"), Exceptions = "example.com" };

        Assert.Null(rules.For(new Uri("https://logs.example.com"), out var unusable));
        Assert.Null(rules.For(new Uri("http://logs.other.com"), out var other));
        Assert.Equal((null, null), (unusable, other));
    }
}
