using System.Net;

namespace LambdaLogs.Extension.Wire.Names;

/// <summary>
/// The content of <c>resolv.conf</c>. Immutable. Source: <see href="https://man7.org/linux/man-pages/man5/resolv.conf.5.html"/>.
/// </summary>
internal sealed record ResolverSettings
{
    const int ServersMax = 3;
    const int SuffixesMax = 6;
    const ushort Port = 53;

    /// <summary>The name servers in order, at most three. This machine if the file names none.</summary>
    public IReadOnlyList<SocketAddress> Servers { get; init; } = [SocketAddress.Ipv4(0x7F000001, Port)];

    /// <summary>The search suffixes for short names, at most six. Default: none.</summary>
    public IReadOnlyList<string> Suffixes { get; init; } = [];

    /// <summary>A name with at least this number of dots is first looked up as it is. 0 to 15, default 1.</summary>
    public int MinDots { get; init; } = 1;

    /// <summary>The timeout of one server. 1 to 30 s, default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often all servers are asked. 1 to 5, default 2.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Whether to use TCP immediately. Default false.</summary>
    public bool UsesTcp { get; init; }

    /// <summary>Parses the file's text; unknown content is ignored.</summary>
    /// <param name="text">Empty if there is no file.</param>
    public static ResolverSettings Parse(string text)
    {
        var settings = new ResolverSettings();
        List<SocketAddress> servers = [];
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] is '#' or ';')
                continue;

            switch (words[0])
            {
                case "nameserver" when servers.Count < ServersMax && IPAddress.TryParse(words[1], out var address):
                    servers.Add(SocketAddress.FromIpAddress(address, Port));
                    break;
                case "search" or "domain":
                    // The last of these lines counts.
                    settings = settings with { Suffixes = ParseSuffixes(words.AsSpan(1)) };
                    break;
                case "options":
                    foreach (var option in words.AsSpan(1))
                        settings = WithOption(settings, option);
                    break;
            }
        }

        return servers.Count == 0 ? settings : settings with { Servers = servers };
    }

    static List<string> ParseSuffixes(ReadOnlySpan<string> words)
    {
        List<string> suffixes = [];
        foreach (var word in words)
        {
            if (suffixes.Count < SuffixesMax && word.Trim('.') is { Length: > 0 } suffix)
                suffixes.Add(suffix);
        }

        return suffixes;
    }

    static ResolverSettings WithOption(ResolverSettings settings, string option)
    {
        var colon = option.IndexOf(':');
        var number = 0u;
        var hasNumber = colon > 0 && DecimalText.TryParse(option.AsSpan(colon + 1), 1000, out number);
        return (hasNumber ? option[..colon] : option) switch
        {
            "ndots" when hasNumber => settings with { MinDots = (int)Math.Min(number, 15) },
            "timeout" when hasNumber => settings with { Timeout = TimeSpan.FromSeconds(Math.Clamp(number, 1, 30)) },
            "attempts" when hasNumber => settings with { Attempts = (int)Math.Clamp(number, 1, 5) },
            "use-vc" => settings with { UsesTcp = true },
            _ => settings,
        };
    }
}
