using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>A name server on loopback, over UDP and TCP on one port, that responds to each question as a script says.</summary>
internal sealed class NameServer : IDisposable
{
    readonly UdpClient _udp;
    readonly TcpListener _tcp;
    readonly Func<string, ushort, bool, byte[]?> _response;
    int _asked;

    /// <summary>Starts it.</summary>
    /// <param name="response">Name, type (1 or 28) and whether over TCP; gives <see cref="Response"/>, or null to keep silent.</param>
    public NameServer(Func<string, ushort, bool, byte[]?> response)
    {
        _response = response;
        (_udp, _tcp) = Listen();
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_udp.Client.LocalEndPoint!).Port;

    /// <summary>Questions that it got.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What the next responses have in the place of the question's id. Null: the id.</summary>
    public ushort? WrongId { get; set; }

    /// <summary>The body of a response: flags with the code, then the records behind the question.</summary>
    public static byte[] Response(int code = 0, bool isTruncated = false, params (string Owner, ushort Type, byte[] Data)[] records)
    {
        List<byte> body = [(byte)(isTruncated ? 0x82 : 0x80), (byte)code, (byte)records.Length];
        foreach (var (owner, type, data) in records)
            body.AddRange([.. Name(owner), 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data]);
        return [.. body];
    }

    /// <summary>An address as a record has it.</summary>
    public static byte[] Address(string text) => IPAddress.Parse(text).GetAddressBytes();

    /// <summary>A name as a record has it.</summary>
    public static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    /// <summary>One port for both: where the one that UDP got is taken for TCP, another.</summary>
    static (UdpClient Udp, TcpListener Tcp) Listen()
    {
        while (true)
        {
            var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            var tcp = new TcpListener(IPAddress.Loopback, ((IPEndPoint)udp.Client.LocalEndPoint!).Port);
            try
            {
                tcp.Start();
                return (udp, tcp);
            }
            catch (SocketException)
            {
                udp.Dispose();
            }
        }
    }

    async Task ServeUdpAsync()
    {
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveAsync();
                if (Reply(received.Buffer, overTcp: false) is { } reply)
                    await _udp.SendAsync(reply, received.RemoteEndPoint);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync();
                var stream = client.GetStream();
                var length = new byte[2];
                await stream.ReadExactlyAsync(length);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(question);
                if (Reply(question, overTcp: true) is { } reply)
                    await stream.WriteAsync((byte[])[(byte)(reply.Length >> 8), (byte)reply.Length, .. reply]);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    byte[]? Reply(byte[] question, bool overTcp)
    {
        Interlocked.Increment(ref _asked);
        var name = new StringBuilder();
        var at = 12;
        for (; question[at] != 0; at += question[at] + 1)
            name.Append(Encoding.ASCII.GetString(question, at + 1, question[at])).Append('.');

        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(at + 1));
        if (_response(name.ToString().TrimEnd('.'), type, overTcp) is not { } body)
            return null;

        var id = WrongId ?? BinaryPrimitives.ReadUInt16BigEndian(question);
        return [(byte)(id >> 8), (byte)id, body[0], body[1], 0, 1, 0, body[2], 0, 0, 0, 0, .. question[12..(at + 5)], .. body[3..]];
    }
}
