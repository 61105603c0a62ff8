using System.Net;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Parses the hosts file. During start-up it replaces name resolution for one name, and afterwards it is the first place to look names up.
/// </summary>
internal static class HostsFile
{
    /// <summary>Finds the first IPv4 address of a name.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The host's name.</param>
    /// <param name="address">The address, as text.</param>
    /// <returns>False if the file does not contain the name.</returns>
    public static bool TryFind(ReadOnlySpan<char> text, ReadOnlySpan<char> name, out ReadOnlySpan<char> address)
    {
        // By hand: the framework's line and split enumerators build tables, and this runs in every cold start.
        while (!text.IsEmpty)
        {
            var line = TakeUntil(ref text, text.IndexOf('\n'));
            var comment = line.IndexOf('#');
            var entry = (comment < 0 ? line : line[..comment]).Trim();
            address = TakeUntil(ref entry, entry.IndexOfAny(' ', '\t'));
            if (!address.Contains(':') && HasName(entry, name))
                return true;
        }

        address = default;
        return false;
    }

    /// <summary>Finds all IPv4 and IPv6 addresses of a name.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The host's name, without a final dot.</param>
    public static IReadOnlyList<IPAddress> FindAll(ReadOnlySpan<char> text, ReadOnlySpan<char> name)
    {
        List<IPAddress> found = [];
        while (!text.IsEmpty)
        {
            var line = TakeUntil(ref text, text.IndexOf('\n'));
            var comment = line.IndexOf('#');
            var entry = (comment < 0 ? line : line[..comment]).Trim();
            var address = TakeUntil(ref entry, entry.IndexOfAny(' ', '\t'));
            if (HasName(entry, name) && IPAddress.TryParse(address, out var parsed) && !found.Contains(parsed))
                found.Add(parsed);
        }

        return found;
    }

    static bool HasName(ReadOnlySpan<char> names, ReadOnlySpan<char> name)
    {
        while (!names.IsEmpty)
        {
            if (TakeUntil(ref names, names.IndexOfAny(' ', '\t')).Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Removes the part up to an index, and the separator after it, from a text; everything if the index is negative.</summary>
    static ReadOnlySpan<char> TakeUntil(scoped ref ReadOnlySpan<char> text, int border)
    {
        var part = border < 0 ? text : text[..border];
        text = border < 0 ? default : text[(border + 1)..];
        return part;
    }
}
