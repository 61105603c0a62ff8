namespace LambdaLogs.Extension.Delivery;

/// <summary>A set of HTTP statuses from 100 to 599. Immutable.</summary>
internal sealed class StatusSet
{
    /// <summary>The text form of <see cref="Default"/>.</summary>
    public const string DefaultText = "408 429 5xx -501 -505";

    const int Lowest = 100;
    const int Highest = 599;

    // One bit for each status, from 0 on.
    readonly ulong[] _bits;

    StatusSet(ulong[] bits) => _bits = bits;

    /// <summary>408, 429 and 5xx without 501 (not implemented) and 505 (version not supported), which retries cannot fix.</summary>
    /// <remarks>Written as a constant, so that it costs no work at start-up. A test compares it with its text.</remarks>
    public static StatusSet Default { get; } =
        new([0, 0, 0, 0, 0, 0, 1UL << (408 % 64) | 1UL << (429 % 64), 0xFDD0_0000_0000_0000, ulong.MaxValue, 0x00FF_FFFF]);

    /// <summary>Whether it contains a status. False for numbers outside of the range.</summary>
    /// <param name="status">Any number.</param>
    public bool Contains(int status) => status is >= Lowest and <= Highest && (_bits[status / 64] & (1UL << (status % 64))) != 0;

    /// <summary>
    /// Parses a list separated by spaces, commas or semicolons: a status (<c>503</c>), a class (<c>5xx</c>) or a range (<c>500-504</c>). A
    /// leading minus removes statuses, at any position of the list.
    /// </summary>
    /// <param name="text">The list. Must name at least one status.</param>
    /// <param name="set">The set; empty if the text is not valid.</param>
    /// <returns>False for an empty list, an invalid entry, or an empty result.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out StatusSet set)
    {
        set = new StatusSet(new ulong[(Highest / 64) + 1]);
        return set.AddAll(text, removing: false) && set.AddAll(text, removing: true) && set._bits.AsSpan().ContainsAnyExcept(0UL);
    }

    bool AddAll(ReadOnlySpan<char> text, bool removing)
    {
        foreach (var part in text.SplitAny(' ', ',', ';', '\t', '\r', '\n'))
        {
            var item = text[part];
            if (item.IsEmpty)
                continue;

            var removes = item[0] == '-';
            if (!TryRange(removes ? item[1..] : item, out var from, out var to))
                return false;

            if (removes == removing)
                Set(from, to, !removing);
        }

        return true;
    }

    static bool TryRange(ReadOnlySpan<char> item, out int from, out int to)
    {
        from = to = 0;
        if (item.Length == 3 && item[0] is >= '1' and <= '5' && item[1..].Equals("xx", StringComparison.OrdinalIgnoreCase))
        {
            from = (item[0] - '0') * 100;
            to = from + 99;
            return true;
        }

        if (item.Length == 7 && item[3] == '-')
            return TryStatus(item[..3], out from) && TryStatus(item[4..], out to) && from <= to;

        var read = TryStatus(item, out from);
        to = from;
        return read;
    }

    static bool TryStatus(ReadOnlySpan<char> text, out int status)
    {
        status = 0;
        if (text.Length != 3)
            return false;

        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;

            status = (status * 10) + (digit - '0');
        }

        return status is >= Lowest and <= Highest;
    }

    void Set(int from, int to, bool on)
    {
        for (var status = from; status <= to; status++)
        {
            var bit = 1UL << (status % 64);
            _bits[status / 64] = on ? _bits[status / 64] | bit : _bits[status / 64] & ~bit;
        }
    }
}
