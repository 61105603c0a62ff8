using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LambdaLogs.Extension.Records;

/// <summary>
/// Times as logs write them: <c>2026-03-14T09:26:53.101Z</c>, with no or any number of fraction digits, and <c>Z</c> or an offset.
/// Pure; never throws for what it reads.
/// </summary>
/// Source: <see href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6"/>
internal static class Rfc3339
{
    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    public const int Size = 24;

    /// <summary>Up to and with the seconds.</summary>
    const int SecondsEnd = 19;

    /// <summary>Writes a time in milliseconds and UTC, as Lambda does.</summary>
    /// <param name="time">The time; digits behind the milliseconds are cut off.</param>
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

    /// <summary>Whether a text is such a time. A leap second (<c>:60</c>) is none: few readers take it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) =>
        IsCommon(text) || (text.Length <= LogRecord.NameBytesMax && TryParse(text, out _));

    /// <summary>Whether a text is a time as <see cref="Write"/> writes it: nearly all there are.</summary>
    public static bool IsCommon(ReadOnlySpan<byte> text)
    {
        if (text.Length != Size || !IsBetween(text, "0000-00-00T00:00:00.000Z"u8, "9999-19-39T29:59:59.999Z"u8))
            return false;

        var month = (text[5] - '0') * 10 + text[6] - '0';
        var day = (text[8] - '0') * 10 + text[9] - '0';
        var hour = (text[11] - '0') * 10 + text[12] - '0';
        var isPlain = month is > 0 and <= 12 && day is > 0 and <= 28 && hour < 24 && text[0] != '0';

        // The ends of months and the first thousand years are left to the slow way.
        return isPlain || TryParse(text, out _);
    }

    /// <summary>Reads a time as ticks of UTC. Digits of the fraction behind the seventh are cut off.</summary>
    /// <returns>False where the text is no such time.</returns>
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
    /// Whether a text is the time of something that was logged at another: at most a day before it, and at most ten minutes after it, by
    /// which clocks may differ. An event that is logged brings times of other things.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="other">A valid time.</param>
    public static bool IsNear(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other)
    {
        // Nearly always it is of the same minute.
        const int MinuteEnd = 17;
        if (text.Length > SecondsEnd && other.Length > SecondsEnd && text[^1] == 'Z' && other[^1] == 'Z'
            && text[..MinuteEnd].SequenceEqual(other[..MinuteEnd]))
            return IsValid(text);

        if (text.Length > LogRecord.NameBytesMax || !TryParse(text, out var own) || !TryParse(other, out var its))
            return false;

        return own >= its - TimeSpan.TicksPerDay && own <= its + (10 * TimeSpan.TicksPerMinute);
    }

    /// <summary>Which of two valid times is the earlier.</summary>
    /// <returns>Below zero: <paramref name="a"/>; above: <paramref name="b"/>; zero: neither, or one of them is no time.</returns>
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        // The platform writes all its times alike, and such times are in the order of their bytes.
        if (a.Length == b.Length && a.Length > 0 && a[^1] == 'Z' && b[^1] == 'Z')
            return a.SequenceCompareTo(b);

        return TryParse(a, out var first) && TryParse(b, out var second) ? first.CompareTo(second) : 0;
    }

    /// <summary>Whether each byte lies between those at the same place, in two overlapping steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsBetween(ReadOnlySpan<byte> text, ReadOnlySpan<byte> low, ReadOnlySpan<byte> high)
    {
        const int Step = Size - 16;
        for (var at = 0; at <= Step; at += Step)
        {
            var floor = Vector128.Create(low.Slice(at, 16));
            if (Vector128.GreaterThanAny(Vector128.Create(text.Slice(at, 16)) - floor, Vector128.Create(high.Slice(at, 16)) - floor))
                return false;
        }

        return true;
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

    /// <returns>The number that two or four digits are; negative where one of them is no digit.</returns>
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
