using System.Net;

namespace LambdaLogs.Extension.Wire;

/// <summary>The hosts file: one name we need before any name resolution is worth its cost, and the first place to look others up.</summary>
internal static class HostsFile
{
    /// <summary>Finds the first IPv4 address of a name.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The host's name.</param>
    /// <param name="address">The address, as text.</param>
    /// <returns>False where the file does not have it.</returns>
    public static bool TryFind(ReadOnlySpan<char> text, ReadOnlySpan<char> name, out ReadOnlySpan<char> address)
    {
        // By hand: the framework's enumerators of lines and parts build tables for it, and this runs in every cold start.
        while (!text.IsEmpty)
        {
            var line = Cut(ref text, text.IndexOf('\n'));
            var comment = line.IndexOf('#');
            var entry = (comment < 0 ? line : line[..comment]).Trim();
            address = Cut(ref entry, entry.IndexOfAny(' ', '\t'));
            if (!address.Contains(':') && HasName(entry, name))
                return true;
        }

        address = default;
        return false;
    }

    /// <summary>Finds all addresses of a name, of both kinds.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The host's name, without a dot at its end.</param>
    public static IReadOnlyList<IPAddress> FindAll(ReadOnlySpan<char> text, ReadOnlySpan<char> name)
    {
        List<IPAddress> found = [];
        while (!text.IsEmpty)
        {
            var line = Cut(ref text, text.IndexOf('\n'));
            var comment = line.IndexOf('#');
            var entry = (comment < 0 ? line : line[..comment]).Trim();
            var address = Cut(ref entry, entry.IndexOfAny(' ', '\t'));
            if (HasName(entry, name) && IPAddress.TryParse(address, out var parsed) && !found.Contains(parsed))
                found.Add(parsed);
        }

        return found;
    }

    static bool HasName(ReadOnlySpan<char> names, ReadOnlySpan<char> name)
    {
        while (!names.IsEmpty)
        {
            if (Cut(ref names, names.IndexOfAny(' ', '\t')).Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Takes the part before a border off a text, and the border with it; all of it where there is none.</summary>
    static ReadOnlySpan<char> Cut(scoped ref ReadOnlySpan<char> text, int border)
    {
        var part = border < 0 ? text : text[..border];
        text = border < 0 ? default : text[(border + 1)..];
        return part;
    }
}
