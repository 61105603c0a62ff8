namespace LambdaLogs.Extension.Wire.Names;

/// <summary>Classifies host names without a lookup.</summary>
internal static class HostName
{
    const int NameBytesMax = 253;
    const int LabelBytesMax = 63;

    /// <summary>Whether a text can be a name in DNS: labels of 1 to 63 visible ASCII characters, 253 in total.</summary>
    /// <param name="name">Without a final dot.</param>
    public static bool IsValid(ReadOnlySpan<char> name)
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

    /// <summary>Whether a name is <c>localhost</c> or a subdomain of it, which are this machine; RFC 6761, section 6.3.</summary>
    /// <param name="name">Without a final dot.</param>
    public static bool IsLocal(ReadOnlySpan<char> name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
