namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// IPv6 addresses, complete or shortened by <c>::</c>, with at least one digit: <c>a::b</c> is usually a name in a program.
/// </summary>
internal static class Ipv6Addresses
{
    const int LengthMax = 45;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        var from = 0;
        work.Count(2 * text.Length);
        for (var at = text.IndexOf((byte)':'); at >= 0;)
        {
            var start = at;
            while (start > Math.Max(from, at - 4) && char.IsAsciiHexDigit((char)text[start - 1]))
                start--;
            var end = at;
            while (end < text.Length && (char.IsAsciiHexDigit((char)text[end]) || text[end] is (byte)':' or (byte)'.'))
                end++;

            from = end;
            work.Count(LengthMax);
            var address = text[start..end].TrimEnd((byte)'.');
            // A sentence about an address often has a colon after it.
            if (address.EndsWith(":"u8) && !address.EndsWith("::"u8))
                address = address[..^1];
            var stands = !TextBytes.IsWord(text, start - 1) && !TextBytes.IsWord(text, end);
            if (stands && address.Length <= LengthMax && address.ContainsAnyInRange((byte)'0', (byte)'9') && IsAddress(address))
                found.Add(start, start + address.Length);
            var next = text[from..].IndexOf((byte)':');
            at = next < 0 ? -1 : from + next;
        }
    }

    /// <summary>
    /// Whether groups of hexadecimal digits form an address: eight, or fewer with one <c>::</c>; the last two may be an IPv4 address.
    /// </summary>
    static bool IsAddress(ReadOnlySpan<byte> address)
    {
        var gap = address.IndexOf("::"u8);
        if (gap < 0)
            return Groups(address) == 8;

        var head = Groups(address[..gap]);
        var tail = Groups(address[(gap + 2)..]);
        return head >= 0 && tail >= 0 && head + tail <= 7 && head + tail > 0;
    }

    /// <returns>The number of groups; negative if they are not valid.</returns>
    static int Groups(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            var length = text.IndexOf((byte)':');
            var group = length < 0 ? text : text[..length];
            if (length < 0 && group.Contains((byte)'.'))
                return Ipv4Addresses.EndOf(group, 0) == group.Length ? count + 2 : int.MinValue;
            if (group.Length is 0 or > 4 || group.Contains((byte)'.'))
                return int.MinValue;

            count++;
            text = length < 0 ? default : text[(length + 1)..];
            if (length >= 0 && text.IsEmpty)
                return int.MinValue;
        }

        return count;
    }
}
