namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Formats and parses whole numbers during start-up. The framework's methods would load cultures and pools that nothing else needs there.
/// </summary>
internal static class DecimalText
{
    const int DigitsMax = 10;

    /// <summary>Formats a number.</summary>
    /// <param name="number">Zero or more.</param>
    public static string Of(int number)
    {
        Span<char> digits = stackalloc char[DigitsMax];
        var at = DigitsMax;
        do
        {
            digits[--at] = (char)('0' + (number % 10));
            number /= 10;
        }
        while (number > 0);

        return new string(digits[at..]);
    }

    /// <summary>Parses a number that consists of digits only.</summary>
    /// <param name="digits">The text.</param>
    /// <param name="max">Largest accepted number, at most 400 million.</param>
    /// <param name="number">The number.</param>
    /// <returns>False for an empty text, other characters, or a larger number.</returns>
    public static bool TryParse(ReadOnlySpan<char> digits, uint max, out uint number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit) || (number = (number * 10) + digit - '0') > max)
                return false;
        }

        return !digits.IsEmpty;
    }
}
