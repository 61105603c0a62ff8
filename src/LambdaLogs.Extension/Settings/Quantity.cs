namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Parses numbers with units. By hand, because the framework's number parsing is large and this runs in every cold start.
/// </summary>
internal static class Quantity
{
    // 15 digits are exact in a double.
    const int MostDigits = 15;

    /// <summary>Parses an integer without sign.</summary>
    /// <param name="text">The trimmed text.</param>
    /// <param name="value">The number.</param>
    public static bool TryNumber(ReadOnlySpan<char> text, out long value)
    {
        var read = TrySplit(text, out var number, out var unit);
        value = (long)number;
        return read && unit.IsEmpty && number == value;
    }

    /// <summary>
    /// Parses a duration: a number in the given unit, or a number with <c>ms</c>, <c>s</c> or <c>m</c>; a decimal point is allowed.
    /// </summary>
    /// <param name="text">The trimmed text.</param>
    /// <param name="bareUnit">Milliseconds of a number without unit.</param>
    /// <param name="milliseconds">Rounded to whole milliseconds.</param>
    public static bool TryDuration(ReadOnlySpan<char> text, int bareUnit, out long milliseconds)
    {
        var read = TrySplit(text, out var number, out var unit);
        var factor = Is(unit, "") ? bareUnit : Is(unit, "ms") ? 1 : Is(unit, "s") ? 1000 : Is(unit, "m") ? 60_000 : 0;
        milliseconds = (long)Math.Round(number * factor);
        return read && factor != 0;
    }

    /// <summary>
    /// Parses a size: a number of bytes, or a number with <c>B</c>, <c>K</c>, <c>KB</c>, <c>KiB</c>, and the same with M and G. K is 1024.
    /// </summary>
    /// <param name="text">The trimmed text.</param>
    /// <param name="bytes">Rounded to whole bytes.</param>
    public static bool TrySize(ReadOnlySpan<char> text, out long bytes)
    {
        var read = TrySplit(text, out var number, out var unit);
        var factor = Is(unit, "") || Is(unit, "B") ? 1 : SizeFactor(unit);
        bytes = (long)Math.Round(number * factor);
        return read && factor != 0;
    }

    static long SizeFactor(ReadOnlySpan<char> unit)
    {
        if (unit.IsEmpty || (unit.Length > 1 && !Is(unit[1..], "B") && !Is(unit[1..], "iB")))
            return 0;

        return (unit[0] | 0x20) switch
        {
            'k' => 1L << 10,
            'm' => 1L << 20,
            'g' => 1L << 30,
            _ => 0,
        };
    }

    static bool Is(ReadOnlySpan<char> unit, string name) => unit.Equals(name, StringComparison.OrdinalIgnoreCase);

    // Digits, perhaps a decimal point and more digits, perhaps spaces, then the unit.
    static bool TrySplit(ReadOnlySpan<char> text, out double number, out ReadOnlySpan<char> unit)
    {
        number = 0;
        var scale = 0d;
        var digits = 0;
        var at = 0;
        for (; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                number = (number * 10) + (text[at] - '0');
                scale *= 10;
                digits++;
            }
            else if (text[at] == '.' && scale == 0 && digits > 0)
            {
                scale = 1;
            }
            else
            {
                break;
            }
        }

        number /= scale == 0 ? 1 : scale;
        unit = text[at..].TrimStart();
        return digits is > 0 and <= MostDigits && scale != 1;
    }
}
