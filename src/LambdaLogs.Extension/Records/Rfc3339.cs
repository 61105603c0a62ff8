using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LambdaLogs.Extension.Records;

/// <summary>
/// Times in logs: <c>2026-03-14T09:26:53.101Z</c>, with any number of fraction digits, and <c>Z</c> or an offset. Pure; never throws
/// because of its input.
/// </summary>
/// Source: <see href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6"/>
internal static class Rfc3339
{
    /// <summary>The number of bytes that <see cref="Write"/> writes.</summary>
    public const int Size = 24;

    /// <summary>End of the seconds.</summary>
    const int SecondsEnd = 19;

    /// <summary>Writes a time in UTC with milliseconds, as Lambda does.</summary>
    /// <param name="time">The time; finer digits are cut off.</param>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    /// <returns><see cref="Size"/>.</returns>
    public static int Write(DateTimeOffset time, Span<byte> destination)
    {
        var utc = time.UtcDateTime;
        "0000-00-00T00:00:00.000Z"u8.CopyTo(destination);
        WriteNumber(utc.Year, destination[..4]);
        WriteNumber(utc.Month, destination[5..7]);
        WriteNumber(utc.Day, destination[8..10]);
        WriteNumber(utc.Hour, destination[11..13]);
        WriteNumber(utc.Minute, destination[14..16]);
        WriteNumber(utc.Second, destination[17..19]);
        WriteNumber(utc.Millisecond, destination[20..23]);
        return Size;
    }

    /// <summary>Whether a text is such a time. A leap second (<c>:60</c>) is not, because few readers accept it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) =>
        IsCommon(text) || (text.Length <= LogRecord.NameBytesMax && TryParse(text, out _));

    /// <summary>Whether a text is a time in the form that <see cref="Write"/> writes, as nearly all are.</summary>
    public static bool IsCommon(ReadOnlySpan<byte> text)
    {
        if (text.Length != Size || !IsBetween(text, "0000-00-00T00:00:00.000Z"u8, "9999-19-39T29:59:59.999Z"u8))
            return false;

        var month = (text[5] - '0') * 10 + text[6] - '0';
        var day = (text[8] - '0') * 10 + text[9] - '0';
        var hour = (text[11] - '0') * 10 + text[12] - '0';
        var isPlain = month is > 0 and <= 12 && day is > 0 and <= 28 && hour < 24 && text[0] != '0';

        // Month ends and years before 1000 take the slow path.
        return isPlain || TryParse(text, out _);
    }

    /// <summary>Parses a time to ticks of UTC. Fraction digits after the seventh are cut off.</summary>
    /// <returns>False if the text is not such a time.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length <= SecondsEnd || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':')
            return false;

        var year = Number(text[..4]);
        var month = Number(text[5..7]);
        var day = Number(text[8..10]);
        var hour = Number(text[11..13]);
        var minute = Number(text[14..16]);
        var second = Number(text[17..19]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
            return false;

        if (day > 28 && day > DateTime.DaysInMonth(year, month))
            return false;

        if (!TryReadFraction(text, out var fraction, out var end) || !TryReadOffset(text[end..], out var offset))
            return false;

        ticks = new DateTime(year, month, day, hour, minute, second).Ticks + fraction - offset;
        return true;
    }

    /// <summary>
    /// Whether a text is a plausible time for something that was logged at another time: at most a day before it and, for clock
    /// differences, at most ten minutes after it. A logged event may contain times of other things.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="other">A valid time.</param>
    public static bool IsNear(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other)
    {
        // Nearly always both are in the same minute.
        const int MinuteEnd = 17;
        if (text.Length > SecondsEnd && other.Length > SecondsEnd && text[^1] == 'Z' && other[^1] == 'Z'
            && text[..MinuteEnd].SequenceEqual(other[..MinuteEnd]))
            return IsValid(text);

        if (text.Length > LogRecord.NameBytesMax || !TryParse(text, out var own) || !TryParse(other, out var its))
            return false;

        return own >= its - TimeSpan.TicksPerDay && own <= its + (10 * TimeSpan.TicksPerMinute);
    }

    /// <summary>Compares two valid times.</summary>
    /// <returns>
    /// Negative: <paramref name="a"/> is earlier; positive: <paramref name="b"/> is; zero: they are equal, or one is not a time.
    /// </returns>
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        // The platform formats all its times alike, and such times can be compared as bytes.
        if (a.Length == b.Length && a.Length > 0 && a[^1] == 'Z' && b[^1] == 'Z')
            return a.SequenceCompareTo(b);

        return TryParse(a, out var first) && TryParse(b, out var second) ? first.CompareTo(second) : 0;
    }

    /// <summary>
    /// Whether each of <see cref="Size"/> bytes is between the bytes at the same index, in two overlapping vector steps.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsBetween(ReadOnlySpan<byte> text, ReadOnlySpan<byte> low, ReadOnlySpan<byte> high)
    {
        return !(IsOutside(text, low, high, 0) | IsOutside(text, low, high, (nuint)(Size - Vector128<byte>.Count)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static bool IsOutside(ReadOnlySpan<byte> text, ReadOnlySpan<byte> low, ReadOnlySpan<byte> high, nuint at)
        {
            var floor = At(low, at);
            return Vector128.GreaterThanAny(At(text, at) - floor, At(high, at) - floor);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<byte> At(ReadOnlySpan<byte> bytes, nuint at) => Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(bytes), at);
    }

    static bool TryReadFraction(ReadOnlySpan<byte> text, out long ticks, out int end)
    {
        ticks = 0;
        end = SecondsEnd;
        if (text[end] != '.')
            return true;

        var unit = TimeSpan.TicksPerSecond;
        for (end++; end < text.Length && char.IsAsciiDigit((char)text[end]); end++)
            ticks += (text[end] - '0') * (unit /= 10);
        return end > SecondsEnd + 1;
    }

    static bool TryReadOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 1)
            return (text[0] | 0x20) == 'z';

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
            return false;

        var hours = Number(text[1..3]);
        var minutes = Number(text[4..6]);
        ticks = (hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute) * (text[0] == '-' ? -1 : 1);
        return (uint)hours <= 23 && (uint)minutes <= 59;
    }

    /// <returns>The number that two or four digits form; negative if one of them is not a digit.</returns>
    static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return -1;

            number = number * 10 + digit - '0';
        }

        return number;
    }

    static void WriteNumber(int number, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--, number /= 10)
            digits[i] = (byte)('0' + number % 10);
    }
}
