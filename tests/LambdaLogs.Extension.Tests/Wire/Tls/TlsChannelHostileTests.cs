using System.Net;
using System.Net.Sockets;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Tls;
using SocketAddress = LambdaLogs.Extension.Wire.SocketAddress;

namespace LambdaLogs.Extension.Tests.Wire.Tls;

/// <summary>Servers that write records of TLS byte by byte, as none that speaks it would.</summary>
public sealed class TlsChannelHostileTests
{
    /// <summary>The header of a handshake record of TLS 1.2 with a length of two bytes.</summary>
    static byte[] Header(int length) => [22, 3, 3, (byte)(length >> 8), (byte)length];

    [Theory]
    [InlineData(65535)]
    [InlineData(16384 + 2048 + 1)]
    public async Task A_record_that_is_too_large_ends_the_handshake_at_once(int length)
    {
        var (isOpen, failure) = await HandshakeAsync(TimeSpan.FromMinutes(1), async (stream, stop) =>
        {
            await stream.WriteAsync(Header(length), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });

        Assert.Equal((false, WireFault.Tls), (isOpen, failure.Fault));
        Assert.NotNull(failure.Text);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task Garbage_ends_the_handshake_at_once(string text)
    {
        var (isOpen, failure) = await HandshakeAsync(TimeSpan.FromMinutes(1), async (stream, stop) =>
        {
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(text), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });

        Assert.Equal((false, WireFault.Tls), (isOpen, failure.Fault));
    }

    [Fact]
    public async Task A_handshake_that_trickles_ends_at_its_deadline()
    {
        var (isOpen, failure) = await HandshakeAsync(TimeSpan.FromMilliseconds(300), async (stream, stop) =>
        {
            // The head of a certificate of 16 KB, then a byte at a time: there is always something to read, and never enough.
            await stream.WriteAsync((byte[])[.. Header(16384), 2, 0, 64, 0], stop);
            while (true)
            {
                await stream.WriteAsync(new byte[1], stop);
                await Task.Delay(5, stop);
            }
        });

        Assert.Equal((false, WireFault.TimedOut), (isOpen, failure.Fault));
    }

    [Fact]
    public async Task A_server_that_sends_nothing_but_requests_for_another_handshake_does_not_hold_it()
    {
        // Four bytes each, which OpenSSL passes over; as fast as they are taken, so that there is always another one.
        byte[] record = [.. Header(16384), .. new byte[16384]];
        var (isOpen, failure) = await HandshakeAsync(TimeSpan.FromMinutes(1), async (stream, stop) =>
        {
            while (true)
                await stream.WriteAsync(record, stop);
        });

        Assert.False(isOpen);
        Assert.NotEqual(WireFault.TimedOut, failure.Fault);
    }

    /// <summary>Makes a handshake with a server of one connection.</summary>
    /// <param name="time">The handshake's limit.</param>
    /// <param name="server">What the server does; cancelled at the end.</param>
    static async Task<(bool IsOpen, WireFailure Failure)> HandshakeAsync(TimeSpan time, Func<NetworkStream, CancellationToken, Task> server)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            await server(client.GetStream(), stop.Token);
        });
        var address = SocketAddress.Ipv4(0x7F000001, (ushort)((IPEndPoint)listener.LocalEndpoint).Port);
        var result = await Task.Run(() => Handshake(address, time)).Within("the handshake to end");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => serving.Within("the server to end"));
        return result;
    }

    static (bool IsOpen, WireFailure Failure) Handshake(SocketAddress address, TimeSpan time)
    {
        using var context = new TlsContext(new TlsSettings { Host = "localhost", Anchors = _ => [] });
        var socket = new ConnectRace([address], WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1))).Run(out _);
        using var channel = context.Open(socket!);
        var isOpen = channel.TryHandshake(WaitLimit.In(TimeProvider.System, time), out var failure);
        return (isOpen, failure);
    }
}
