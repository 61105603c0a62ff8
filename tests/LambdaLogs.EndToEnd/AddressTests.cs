using System.Net;
using System.Net.Sockets;

namespace LambdaLogs.EndToEnd;

/// <summary>Endpoints by address.</summary>
public sealed class AddressTests
{
    [Fact]
    public async Task Lines_arrive_at_an_IPv6_address()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        var patient = new Dictionary<string, string> { ["LOGS_FLUSH_TIMEOUT_MS"] = "20000" };
        await using var scene = await Scene.StartAsync(Functions.Count(3), patient, o => o with { Timeout = TimeSpan.FromMinutes(1) }, approach: destination =>
        {
            var port = Forward(destination.Port);
            return Task.FromResult(new Dictionary<string, string> { ["HTTP_ENDPOINT"] = $"http://[::1]:{port}/logs" });
        });
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(Functions.Lines(2, 3), Delivered.Lines(scene.Destination));
        Assert.Equal(0, summary.Dropped);
        Assert.StartsWith("[::1]:", scene.Destination.Requests[0].Header("Host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_IPv6_address_without_a_route_costs_no_more_than_the_budget_and_is_named()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), new() { ["HTTP_ENDPOINT"] = "http://[fe80::1]/logs" });
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        scene.HasLogged("[fe80::1] cannot be reached");
        Assert.True(summary.Dropped >= 3, summary.ToString());
    }

    /// <summary>Passes connections to a port of the IPv6 loopback address on to one of IPv4, until the test is over.</summary>
    static int Forward(int port)
    {
        var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        Scene.Cancel.Register(listener.Stop);
        _ = AcceptAsync(listener, port);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task AcceptAsync(TcpListener listener, int port)
    {
        try
        {
            while (true)
                _ = PassAsync(await listener.AcceptTcpClientAsync(Scene.Cancel), port);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    static async Task PassAsync(TcpClient client, int port)
    {
        using (client)
        using (var to = new TcpClient())
        {
            try
            {
                await to.ConnectAsync(IPAddress.Loopback, port, Scene.Cancel);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(to.GetStream(), Scene.Cancel), to.GetStream().CopyToAsync(client.GetStream(), Scene.Cancel));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // One of the two has closed its connection.
            }
        }
    }
}
