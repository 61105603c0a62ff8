namespace LambdaLogs.Extension.Formats;

/// <summary>Decides which JSON numbers destinations can read: those within the range of a double. Pure.</summary>
internal static class AttributeNumber
{
    /// <summary>Numbers with fewer digits and no exponent always fit into a double.</summary>
    const int DigitsSafe = 300;

    /// <summary>Numbers with fewer digits always fit into 64 bits.</summary>
    const int LongDigitsSafe = 18;

    /// <summary>Whether a value can stay unchanged. Values other than numbers can.</summary>
    /// <param name="value">A JSON value that is neither an object nor an array.</param>
    /// <param name="longsOnly">Whether integers must fit into a signed 64-bit number.</param>
    public static bool IsAccepted(ReadOnlySpan<byte> value, bool longsOnly)
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
