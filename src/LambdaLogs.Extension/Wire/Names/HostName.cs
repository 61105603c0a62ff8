namespace LambdaLogs.Extension.Wire.Names;

/// <summary>What can be said of a host's name without asking anybody.</summary>
internal static class HostName
{
    const int NameBytesMax = 253;
    const int LabelBytesMax = 63;

    /// <summary>Whether a text can be a name in DNS: labels of 1 to 63 visible ASCII characters, 253 in all.</summary>
    /// <param name="name">Without a dot at its end.</param>
    public static bool IsPossible(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > NameBytesMax)
            return false;

        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.IsEmpty || label.Length > LabelBytesMax || label.ContainsAnyExceptInRange('!', '~'))
                return false;
        }

        return true;
    }

    /// <summary>Whether a name is this machine's by its own meaning: <c>localhost</c> and all below it; RFC 6761, section 6.3.</summary>
    /// <param name="name">Without a dot at its end.</param>
    public static bool IsLocal(ReadOnlySpan<char> name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
