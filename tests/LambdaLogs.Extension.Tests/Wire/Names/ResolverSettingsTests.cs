using LambdaLogs.Extension.Wire.Names;

namespace LambdaLogs.Extension.Tests.Wire.Names;

public sealed class ResolverSettingsTests
{
    [Fact]
    public void Without_a_file_this_machine_is_asked()
    {
        var settings = ResolverSettings.Parse("");

        Assert.Equal("127.0.0.1:53", Assert.Single(settings.Servers).ToString());
        Assert.Equal((1, 5, 2, false), (settings.MinDots, settings.Timeout.Seconds, settings.Attempts, settings.UsesTcp));
    }

    [Fact]
    public void Everything_that_counts_is_read_and_bounded()
    {
        var settings = ResolverSettings.Parse(
            """
            # a comment
            ; another
            nameserver 169.254.78.1
            nameserver fd00::2
            nameserver nonsense
            nameserver 10.0.0.3
            nameserver 10.0.0.4
            domain passed.over
            search eu-central-1.compute.internal.  example.test
            options ndots:99 timeout:0 attempts:9 use-vc rotate edns0
            """);

        Assert.Equal(["169.254.78.1:53", "[fd00::2]:53", "10.0.0.3:53"], settings.Servers.Select(server => server.ToString()));
        Assert.Equal(["eu-central-1.compute.internal", "example.test"], settings.Suffixes);
        Assert.Equal((15, 1, 5, true), (settings.MinDots, settings.Timeout.Seconds, settings.Attempts, settings.UsesTcp));
    }
}
