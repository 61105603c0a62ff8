using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class HostsFileTests
{
    [Theory]
    [InlineData("127.0.0.1 localhost\n169.254.100.1 sandbox sandbox.localdomain\n", "169.254.100.1")]
    [InlineData("127.0.0.1\tsandbox.localdomain", "127.0.0.1")]
    [InlineData("  127.0.0.1 \t SANDBOX.LocalDomain  # ours\r\n", "127.0.0.1")]
    [InlineData("::1 sandbox.localdomain\n127.0.0.2 sandbox.localdomain", "127.0.0.2")]
    [InlineData("127.0.0.1 sandbox.localdomain\n127.0.0.2 sandbox.localdomain", "127.0.0.1")]
    [InlineData("# 127.0.0.1 sandbox.localdomain\n127.0.0.3 a sandbox.localdomain b", "127.0.0.3")]
    public void The_first_IPv4_address_of_a_name_is_found(string text, string expected)
    {
        Assert.True(HostsFile.TryFind(text, "sandbox.localdomain", out var address));

        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1 # sandbox.localdomain")]
    [InlineData("127.0.0.1 sandbox localdomain xsandbox.localdomain sandbox.localdomain.x")]
    [InlineData("::1 sandbox.localdomain")]
    [InlineData("sandbox.localdomain 127.0.0.1")]
    public void A_file_without_the_name_has_no_address(string text) => Assert.False(HostsFile.TryFind(text, "sandbox.localdomain", out _));
}
