using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Tests.Delivery.Proxies;

public sealed class NoProxyListTests
{
    [Theory]
    [InlineData("*", "logs.example.com", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "EXAMPLE.com", true)]
    [InlineData("example.com", "logs.example.com", true)]
    [InlineData("example.com.", "logs.example.com", true)]
    [InlineData("example.com", "logs.example.com.", true)]
    [InlineData("example.com", "badexample.com", false)]
    [InlineData("example.com", "example.com.evil.org", false)]
    [InlineData(".example.com", "logs.example.com", true)]
    [InlineData(".example.com", "example.com", false)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("a.org, example.com", "logs.example.com", true)]
    [InlineData("a.org example.com", "logs.example.com", true)]
    [InlineData(",, ,", "logs.example.com", false)]
    [InlineData("", "logs.example.com", false)]
    [InlineData(".", "logs.example.com", false)]
    [InlineData("example.com:443", "logs.example.com", true)]
    [InlineData("example.com:8443", "logs.example.com", false)]
    [InlineData("example.com:x", "logs.example.com", false)]
    [InlineData(":443", "logs.example.com", false)]
    public void A_name_fits_itself_and_what_is_below(string list, string host, bool expected) =>
        Assert.Equal(expected, NoProxyList.Contains(list, host, 443));

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("10.1.2.3:443", "10.1.2.3", true)]
    [InlineData("10.1.2.3:80", "10.1.2.3", false)]
    [InlineData("10.0.0.0/8", "10.200.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", true)]
    [InlineData("10.0.0.0/33", "10.0.0.1", false)]
    [InlineData("10.0.0.0/8", "ten.example.com", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("fd00::/8", "fe12::1", false)]
    [InlineData("fd12::1", "fd12::1", true)]
    [InlineData("[fd12::1]", "fd12:0::1", true)]
    [InlineData("[fd12::1]:443", "fd12::1", true)]
    [InlineData("[fd12::1]:80", "fd12::1", false)]
    public void An_address_fits_itself_and_its_networks(string list, string host, bool expected) =>
        Assert.Equal(expected, NoProxyList.Contains(list, host, 443));
}
