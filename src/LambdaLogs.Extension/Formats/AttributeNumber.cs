namespace LambdaLogs.Extension.Formats;

/// <summary>Which numbers destinations read as numbers: those that a double can hold. Pure.</summary>
internal static class AttributeNumber
{
    /// <summary>Fewer digits without an exponent are always within a double.</summary>
    const int DigitsSafe = 300;

    /// <summary>Fewer digits are always within 64 bits.</summary>
    const int LongDigitsSafe = 18;

    /// <summary>Whether a value can stay as it is; anything but a number can.</summary>
    /// <param name="value">A JSON value that is no object and no array.</param>
    /// <param name="longsOnly">Whether whole numbers have to be of 64 bits with sign.</param>
    public static bool IsFit(ReadOnlySpan<byte> value, bool longsOnly)
    {
        if (value[0] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
            return true;

        var isWhole = !value.ContainsAny((byte)'.', (byte)'e', (byte)'E');
        if (value.Length <= LongDigitsSafe && isWhole)
            return true;

        if (value.Length < DigitsSafe && !value.ContainsAny((byte)'e', (byte)'E') && !(isWhole && longsOnly))
            return true;

        var kind = JsonValue.ReadNumber(value, out _, out _);
        return kind == NumberKind.Whole || (kind == NumberKind.Real && !(isWhole && longsOnly));
    }
}
