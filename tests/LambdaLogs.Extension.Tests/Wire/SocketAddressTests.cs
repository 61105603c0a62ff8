using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class SocketAddressTests
{
    [Fact]
    public void A_dotted_address_becomes_the_kernels_form()
    {
        Assert.True(SocketAddress.TryParse("169.254.100.1:9001", out var address));

        Assert.Equal([2, 0, 9001 >> 8, 9001 & 0xFF, 169, 254, 100, 1, 0, 0, 0, 0, 0, 0, 0, 0], address.Bytes);
        Assert.False(address.IsLoopback);
    }

    [Fact]
    public void The_loopback_address_is_known_as_such()
    {
        Assert.True(SocketAddress.TryParse("127.0.0.1:9001", out var address));

        Assert.True(address.IsLoopback);
    }

    [Theory]
    [InlineData("[::1]:9001")]
    [InlineData("::1:9001")]
    public void An_IPv6_address_is_taken(string text)
    {
        Assert.True(SocketAddress.TryParse(text, out var address));

        Assert.Equal(10, address.Family);
        Assert.Equal([10, 0, 0x23, 0x29, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0], address.Bytes);
    }

    [Fact]
    public void A_name_is_resolved()
    {
        Assert.True(SocketAddress.TryParse("localhost:80", out var address));

        Assert.Equal([0, 80], address.Bytes[2..4]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData(":9001")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:port")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:+80")]
    [InlineData("127.0.0.1: 80")]
    [InlineData("127.0.0.1:0")]
    [InlineData("[]:9001")]
    [InlineData("a..b:9001")]
    public void What_names_no_address_is_refused(string text) => Assert.False(SocketAddress.TryParse(text, out _));

    [Fact]
    public void A_name_longer_than_any_is_refused() => Assert.False(SocketAddress.TryParse(new string('a', 300) + ":9001", out _));

    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("127.0.0.1", 0x7F000001u)]
    [InlineData("255.255.255.255", 0xFFFFFFFFu)]
    [InlineData("1.2.3.4", 0x01020304u)]
    public void Four_numbers_make_an_IPv4_address(string text, uint expected)
    {
        Assert.True(SocketAddress.TryParseIpv4(text, out var address));

        Assert.Equal(expected, address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.")]
    [InlineData("1..3.4")]
    [InlineData("a.b.c.d")]
    [InlineData("1.2.3. 4")]
    [InlineData("1.2.3.+4")]
    [InlineData("1.2.3.-4")]
    public void Other_texts_are_no_IPv4_address(string text) => Assert.False(SocketAddress.TryParseIpv4(text, out _));

    [Fact]
    public void Another_port_leaves_the_address_as_it_is()
    {
        var address = SocketAddress.Ipv4(0x7F000001, 80);

        Assert.Equal(SocketAddress.Ipv4(0x7F000001, 9001).Bytes, address.WithPort(9001).Bytes);
        Assert.Equal(SocketAddress.Ipv4(0x7F000001, 80).Bytes, address.Bytes);
    }
}
