namespace LambdaLogs.Extension.Platform;

/// <summary>The hosts file, for the one name we need before any name resolution is worth its cost.</summary>
internal static class HostsFile
{
    /// <summary>Finds the first IPv4 address of a name.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The host's name.</param>
    /// <param name="address">The address, as text.</param>
    /// <returns>False where the file does not have it.</returns>
    public static bool TryFind(ReadOnlySpan<char> text, ReadOnlySpan<char> name, out ReadOnlySpan<char> address)
    {
        foreach (var line in text.EnumerateLines())
        {
            var comment = line.IndexOf('#');
            var entry = (comment < 0 ? line : line[..comment]).Trim();
            var end = entry.IndexOfAny(' ', '\t');
            if (end < 0 || entry[..end].Contains(':'))
                continue;

            address = entry[..end];
            if (HasName(entry[end..], name))
                return true;
        }

        address = default;
        return false;
    }

    static bool HasName(ReadOnlySpan<char> names, ReadOnlySpan<char> name)
    {
        foreach (var part in names.SplitAny(' ', '\t'))
        {
            if (names[part].Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
