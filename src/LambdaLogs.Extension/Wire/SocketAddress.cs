using System.Buffers.Binary;
using System.Net;
using LambdaLogs.Extension.Wire.Names;

namespace LambdaLogs.Extension.Wire;

/// <summary>An address and port in the kernel's form (<c>sockaddr_in</c>, <c>sockaddr_in6</c>).</summary>
internal readonly struct SocketAddress
{
    const int Ipv4Length = 16;
    const int Ipv6Length = 28;

    SocketAddress(byte[] bytes) => Bytes = bytes;

    /// <summary>The structure in the kernel's form.</summary>
    public byte[] Bytes { get; }

    /// <summary>The address family, for <c>socket</c>.</summary>
    public int Family => Bytes[0];

    /// <summary>Whether it is a loopback address.</summary>
    public bool IsLoopback => Family == LibC.AddressFamilyIpv4 && Bytes[4] == 127;

    /// <param name="address">The four bytes of the address as one number, most significant first.</param>
    /// <param name="port">The port.</param>
    public static SocketAddress Ipv4(uint address, ushort port)
    {
        var bytes = new byte[Ipv4Length];
        bytes[0] = LibC.AddressFamilyIpv4;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), port);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), address);
        return new SocketAddress(bytes);
    }

    /// <summary>Returns the same address with another port.</summary>
    public SocketAddress WithPort(int port)
    {
        var bytes = (byte[])Bytes.Clone();
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)port);
        return new SocketAddress(bytes);
    }

    /// <summary>Parses <c>host:port</c>. A dotted IPv4 address needs no library; an IPv6 address or a name needs name resolution.</summary>
    /// <returns>False if the text is not valid or the name cannot be resolved.</returns>
    public static bool TryParse(string text, out SocketAddress address)
    {
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !DecimalText.TryParse(text.AsSpan(colon + 1), ushort.MaxValue, out var number) || number == 0)
            return false;

        var port = (ushort)number;
        var host = text.AsSpan(0, colon);
        if (TryParseIpv4(host, out var ipv4))
        {
            address = Ipv4(ipv4, port);
            return true;
        }

        // An empty name would resolve to this machine.
        var name = host.Trim("[]");
        return !name.IsEmpty && TryResolve(name.ToString(), port, out address);
    }

    /// <summary>Parses a dotted IPv4 address.</summary>
    public static bool TryParseIpv4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        for (var part = 0; part < 4; part++)
        {
            var dot = text.IndexOf('.');
            var last = part == 3;
            var digits = last ? text : text[..Math.Max(dot, 0)];
            if (last != dot < 0 || !DecimalText.TryParse(digits, byte.MaxValue, out var value))
                return false;

            address = (address << 8) | value;
            text = last ? default : text[(dot + 1)..];
        }

        return true;
    }

    static bool TryResolve(string host, ushort port, out SocketAddress address)
    {
        // Lambda's own address: it is in the hosts file, or known to a name server on this machine.
        var limit = WaitLimit.In(TimeProvider.System, TimeSpan.FromSeconds(5));
        var found = new NameResolver(SystemFile.Read).Resolve(host, port, limit, out _);
        address = found.Count > 0 ? found[0] : default;
        return found.Count > 0;
    }

    /// <summary>The address without the port, as text.</summary>
    public string Host => new IPAddress(Family == LibC.AddressFamilyIpv4 ? Bytes.AsSpan(4, 4) : Bytes.AsSpan(8, 16)).ToString();

    /// <summary>Address and port, with an IPv6 address in brackets.</summary>
    public override string ToString()
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(2));
        return Family == LibC.AddressFamilyIpv4 ? $"{Host}:{port}" : $"[{Host}]:{port}";
    }

    /// <summary>Converts an IPAddress.</summary>
    public static SocketAddress FromIpAddress(IPAddress found, ushort port)
    {
        var raw = found.GetAddressBytes();
        if (raw.Length == 4)
            return Ipv4(BinaryPrimitives.ReadUInt32BigEndian(raw), port);

        var bytes = new byte[Ipv6Length];
        bytes[0] = LibC.AddressFamilyIpv6;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), port);
        raw.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), (uint)found.ScopeId);
        return new SocketAddress(bytes);
    }
}
