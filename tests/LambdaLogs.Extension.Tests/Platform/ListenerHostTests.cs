using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class ListenerHostTests
{
    const uint Loopback = 0x7F000001;
    const uint Any = 0;

    [Theory]
    [InlineData("127.0.0.1:9001", "127.0.0.1 sandbox.localdomain", Loopback)]
    [InlineData("169.254.100.1:9001", "127.0.0.1 sandbox.localdomain", Loopback)]
    [InlineData("127.0.0.1:9001", "169.254.100.1 sandbox.localdomain", Any)]
    [InlineData("127.0.0.1:9001", "", Loopback)]
    [InlineData("localhost:9001", "", Loopback)]
    [InlineData("169.254.100.1:9001", "", Any)]
    [InlineData("lambda.example:9001", "", Any)]
    [InlineData("nonsense", "", Any)]
    public void Only_loopback_is_bound_where_Lambda_delivers_there(string runtimeApi, string hosts, uint expected) =>
        Assert.Equal(expected, ListenerHost.Find(runtimeApi, hosts));
}
