using System.Buffers.Binary;
using System.Net;

namespace LambdaLogs.Extension.Wire.Names;

/// <summary>Asks one server for the IPv4 and IPv6 addresses of one name at the same time. For one use.</summary>
/// <param name="server">The server's address.</param>
/// <param name="name">The complete name without a final dot.</param>
/// <param name="limit">Limits the whole operation.</param>
internal sealed class NameLookup(SocketAddress server, string name, WaitLimit limit)
{
    const int DatagramBytesMax = 4096;

    // Addresses of one kind are enough to connect: if a server does not respond about the other kind, it is not waited for longer.
    static readonly TimeSpan OtherKindWait = TimeSpan.FromMilliseconds(200);

    readonly DnsQuestion[] _questions =
    [
        new(KernelRandom.UInt16(), name, DnsQuestion.TypeA),
        new(KernelRandom.UInt16(), name, DnsQuestion.TypeAaaa),
    ];

    readonly DnsOutcome?[] _outcomes = new DnsOutcome?[2];
    readonly List<byte[]>[] _found = [[], []];

    /// <summary>Whether there is an address.</summary>
    public bool HasAny => _found[0].Count + _found[1].Count > 0;

    /// <summary>The addresses of both kinds.</summary>
    public IReadOnlyList<IPAddress> Addresses()
    {
        List<IPAddress> addresses = [];
        foreach (var kind in _found)
        {
            foreach (var bytes in kind)
                addresses.Add(new IPAddress(bytes));
        }

        return addresses;
    }

    /// <summary>Runs the lookup.</summary>
    /// <param name="overTcp">Whether to use TCP immediately.</param>
    /// <returns>
    /// Found: the name exists, perhaps without addresses. NoName: it does not exist. Failed: the server gave no valid response.
    /// </returns>
    public DnsOutcome Run(bool overTcp)
    {
        if (!overTcp)
            QueryOverUdp();

        for (var at = 0; at < _questions.Length; at++)
        {
            if (overTcp || _outcomes[at] == DnsOutcome.Truncated)
                QueryOverTcp(at);
        }

        if (HasAny || _outcomes is [DnsOutcome.Found, DnsOutcome.Found])
            return DnsOutcome.Found;

        // A name that does not exist has addresses of neither kind.
        return Array.IndexOf(_outcomes, DnsOutcome.NoName) >= 0 ? DnsOutcome.NoName : DnsOutcome.Failed;
    }

    void QueryOverUdp()
    {
        using var socket = DatagramSocket.Open(server);
        Span<byte> buffer = stackalloc byte[DatagramBytesMax];
        foreach (var question in _questions)
        {
            if (socket is null || !socket.TrySend(buffer[..question.Write(buffer)]))
                return;
        }

        var wait = limit;
        var late = 0;
        while (Array.IndexOf(_outcomes, null) >= 0
            && wait.AllowsRead(ref late)
            && wait.Wait(socket!.Descriptor, LibC.PollIn) == WaitEnd.Ready)
        {
            var count = socket.Receive(buffer);
            if (count < 0 && count is not (-LibC.ErrorAgain or -LibC.ErrorInterrupted))
                return;

            if (count > 0 && ProcessResponse(buffer[..count]) && HasAny)
                wait = wait.AtMost(OtherKindWait);
        }
    }

    /// <summary>Processes a response to one of the questions.</summary>
    bool ProcessResponse(ReadOnlySpan<byte> message)
    {
        for (var at = 0; at < _questions.Length; at++)
        {
            // The first response to a question counts.
            if (_outcomes[at] is not null)
                continue;

            var outcome = DnsMessage.Read(message, _questions[at], _found[at]);
            if (outcome == DnsOutcome.Unrelated)
                continue;

            _outcomes[at] = outcome;
            if (outcome != DnsOutcome.Found)
                _found[at].Clear();
            return true;
        }

        return false;
    }

    void QueryOverTcp(int which)
    {
        _outcomes[which] = DnsOutcome.Failed;
        using var socket = new ConnectRace([server], limit).Run(out _);
        if (socket is null)
            return;

        Span<byte> request = stackalloc byte[2 + DnsQuestion.BytesMax];
        var length = _questions[which].Write(request[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(request, (ushort)length);
        // The request is small enough to be sent at once.
        if (socket.TrySend(request[..(2 + length)], default) != 2 + length || ReceiveMessage(socket) is not { } message)
            return;

        var outcome = DnsMessage.Read(message, _questions[which], _found[which]);
        _outcomes[which] = outcome is DnsOutcome.Found or DnsOutcome.NoName ? outcome : DnsOutcome.Failed;
        if (outcome != DnsOutcome.Found)
            _found[which].Clear();
    }

    byte[]? ReceiveMessage(TcpSocket socket)
    {
        var buffer = new byte[2 + ushort.MaxValue];
        var (filled, late) = (0, 0);
        while (true)
        {
            var end = 2 + (filled < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(buffer));
            if (filled >= 2 && filled >= end)
                return buffer[2..end];

            if (!limit.AllowsRead(ref late) || limit.Wait(socket.Descriptor, LibC.PollIn) != WaitEnd.Ready)
                return null;

            var count = socket.Receive(buffer.AsSpan(filled));
            if (count <= 0 && count != -LibC.ErrorAgain)
                return null;

            filled += Math.Max(count, 0);
        }
    }
}
