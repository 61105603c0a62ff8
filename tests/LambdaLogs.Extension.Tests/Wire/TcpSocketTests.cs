using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class TcpSocketTests
{
    [Fact]
    public void What_one_end_sends_the_other_receives()
    {
        using var listening = TcpSocket.Listen(SocketAddress.Ipv4(0x7F000001, 0), out _)!;
        using var client = TcpSocket.Connect(SocketAddress.Ipv4(0x7F000001, (ushort)listening.LocalPort), out var error)!;
        using var server = listening.Accept()!;

        Assert.Equal(0, error);
        Assert.True(server.Send("hello"u8));
        Span<byte> buffer = stackalloc byte[16];
        var count = client.Receive(buffer);

        Assert.Equal("hello", Encoding.ASCII.GetString(buffer[..count]));
    }

    [Fact]
    public void Nothing_waits_where_nobody_has_connected()
    {
        using var listening = TcpSocket.Listen(SocketAddress.Ipv4(0x7F000001, 0), out _)!;

        Assert.Null(listening.Accept());
    }

    [Fact]
    public void Nothing_there_is_an_error_of_its_own_and_the_end_is_zero()
    {
        using var listening = TcpSocket.Listen(SocketAddress.Ipv4(0x7F000001, 0), out _)!;
        var client = TcpSocket.Connect(SocketAddress.Ipv4(0x7F000001, (ushort)listening.LocalPort), out _)!;
        using var server = listening.Accept()!;
        var buffer = new byte[16];

        Assert.Equal(-LibC.ErrorAgain, server.Receive(buffer));
        client.Dispose();
        Assert.Equal(0, server.Receive(buffer));
    }

    [Fact]
    public void A_port_in_use_is_a_number_and_not_an_exception()
    {
        using var first = TcpSocket.Listen(SocketAddress.Ipv4(0x7F000001, 0), out _)!;

        Assert.Null(TcpSocket.Listen(SocketAddress.Ipv4(0x7F000001, (ushort)first.LocalPort), out var error));
        Assert.Equal(LibC.ErrorAddressInUse, error);
    }

    [Fact]
    public void A_refused_connection_is_a_number_and_not_an_exception()
    {
        int port;
        using (var listening = TcpSocket.Listen(SocketAddress.Ipv4(0x7F000001, 0), out _)!)
            port = listening.LocalPort;

        Assert.Null(TcpSocket.Connect(SocketAddress.Ipv4(0x7F000001, (ushort)port), out var error));
        Assert.NotEqual(0, error);
    }

    [Fact]
    public void A_peer_that_takes_nothing_makes_sending_fail_instead_of_waiting()
    {
        using var listening = TcpSocket.Listen(SocketAddress.Ipv4(0x7F000001, 0), out _)!;
        using var client = TcpSocket.Connect(SocketAddress.Ipv4(0x7F000001, (ushort)listening.LocalPort), out _)!;
        using var server = listening.Accept()!;

        Assert.False(server.Send(new byte[64 * 1024 * 1024]));
    }
}
