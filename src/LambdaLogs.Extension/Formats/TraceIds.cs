namespace LambdaLogs.Extension.Formats;

/// <summary>Converts X-Ray and W3C trace ids to the form of OpenTelemetry: 32 lower-case digits. Pure.</summary>
/// Source: <see href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids"/>
internal static class TraceIds
{
    /// <summary>Length of a trace id.</summary>
    public const int Size = 32;

    /// <summary>Length of a span id.</summary>
    public const int SpanSize = 16;

    const int EpochStart = 2;
    const int EpochEnd = 10;
    const int RootLength = 35;

    /// <summary>Writes a root id such as <c>1-69b5a1c3-1e2c502e358361800241fd45</c> without version and dashes.</summary>
    /// <param name="root">Any text.</param>
    /// <param name="digits">At least <see cref="Size"/> bytes.</param>
    /// <returns>False if it is not such an id, or all zero, which means none.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> root, Span<byte> digits)
    {
        if (root.Length == Size)
        {
            root.CopyTo(digits);
            return ToLower(digits[..Size]);
        }

        if (root.Length != RootLength)
            return false;

        root[EpochStart..EpochEnd].CopyTo(digits);
        root[(EpochEnd + 1)..].CopyTo(digits[(EpochEnd - EpochStart)..]);
        return ToLower(digits[..Size]);
    }

    /// <summary>Writes a span id.</summary>
    /// <param name="id">Any text.</param>
    /// <param name="digits">At least <see cref="SpanSize"/> bytes.</param>
    /// <returns>False if it is not one, or all zero, which means none.</returns>
    public static bool TryWriteSpan(ReadOnlySpan<byte> id, Span<byte> digits)
    {
        if (id.Length != SpanSize)
            return false;

        id.CopyTo(digits);
        return ToLower(digits[..SpanSize]);
    }

    /// <summary>Converts hexadecimal digits to bytes.</summary>
    /// <param name="digits">Valid digits.</param>
    /// <param name="bytes">Half as many bytes.</param>
    public static void ToBytes(ReadOnlySpan<byte> digits, Span<byte> bytes)
    {
        for (var i = 0; i < digits.Length / 2; i++)
            bytes[i] = (byte)(Digit(digits[2 * i]) << 4 | Digit(digits[2 * i + 1]));
    }

    static bool ToLower(Span<byte> digits)
    {
        var isZero = true;
        foreach (ref var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;

            digit = digit >= 'A' && digit <= 'F' ? (byte)(digit | 0x20) : digit;
            isZero &= digit == '0';
        }

        return !isZero;
    }

    static int Digit(byte digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;
}
