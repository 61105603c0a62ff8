namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// Payment card numbers: 13 to 19 digits, contiguous or in the printed groups, with an issuer's prefix and a valid check digit (Luhn).
/// </summary>
internal static class CardNumbers
{
    const int DigitsMin = 13;
    const int DigitsMax = 19;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(text.Length);
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOfAnyInRange((byte)'0', (byte)'9');
            if (next < 0)
                return;

            var start = at + next;
            var end = GroupEnd(text, start);
            at = end;
            var isPart = TextBytes.IsWord(text, start - 1)
                || (start > 1 && text[start - 1] is (byte)'.' && TextBytes.IsDigit(text, start - 2));
            if (isPart)
                continue;

            var match = MatchAt(text, start, end, work);
            if (match == 0)
                continue;

            found.Add(start, match);
            at = match;
        }
    }

    /// <returns>The index after the number that starts here; zero if there is none.</returns>
    static int MatchAt(ReadOnlySpan<byte> text, int start, int end, WorkMeter work)
    {
        work.Count(4 * DigitsMax);
        Span<byte> digits = stackalloc byte[DigitsMax];
        if (end - start >= DigitsMin)
            return end - start <= DigitsMax && !IsJoined(text, end) && IsCard(text[start..end]) ? end : 0;
        if (end - start != 4)
            return 0;

        // The longest matching form: a card of 19 digits starts like one of 16.
        var match = 0;
        foreach (var form in (ReadOnlySpan<int>)[4444, 44443, 465, 464])
        {
            var groupsEnd = Groups(text, start, form, digits, out var count);
            if (groupsEnd > match && !IsJoined(text, groupsEnd) && IsCard(digits[..count]))
                match = groupsEnd;
        }

        return match;
    }

    /// <summary>Reads groups of digits with the same single separator between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Start of the first group.</param>
    /// <param name="form">The lengths of the groups, as decimal digits.</param>
    /// <param name="digits">Receives the digits.</param>
    /// <param name="count">Their number.</param>
    /// <returns>The index after the last group; zero if the form does not match.</returns>
    static int Groups(ReadOnlySpan<byte> text, int at, int form, Span<byte> digits, out int count)
    {
        count = 0;
        var separator = at + 4 < text.Length ? text[at + 4] : (byte)0;
        if (separator is not ((byte)' ' or (byte)'-'))
            return 0;

        for (var unit = form >= 10_000 ? 10_000 : form >= 1000 ? 1000 : 100; unit > 0; unit /= 10)
        {
            var length = form / unit % 10;
            if (GroupEnd(text[..Math.Min(text.Length, at + length + 1)], at) != at + length)
                return 0;

            text.Slice(at, length).CopyTo(digits[count..]);
            count += length;
            at += length;
            if (unit == 1)
                return at;
            if (at >= text.Length || text[at++] != separator)
                return 0;
        }

        return 0;
    }

    static int GroupEnd(ReadOnlySpan<byte> text, int at)
    {
        while (TextBytes.IsDigit(text, at))
            at++;
        return at;
    }

    /// <summary>Whether the word continues: then it is an id or a decimal number.</summary>
    static bool IsJoined(ReadOnlySpan<byte> text, int end) =>
        TextBytes.IsWord(text, end) || (end < text.Length && text[end] is (byte)'.' or (byte)'-' && TextBytes.IsWord(text, end + 1));

    static bool IsCard(ReadOnlySpan<byte> digits)
    {
        var head = 0;
        foreach (var digit in digits[..4])
            head = (head * 10) + digit - '0';
        return IsIssued(head, digits.Length) && IsLuhn(digits);
    }

    /// <summary>Whether an issuer uses the prefix and the length.</summary>
    /// Source: <see href="https://en.wikipedia.org/wiki/Payment_card_number"/>
    static bool IsIssued(int head, int length) => head switch
    {
        >= 4000 and <= 4999 => length is 13 or 16 or 19,
        (>= 5100 and <= 5599) or (>= 2221 and <= 2720) or (>= 2200 and <= 2204) => length == 16,
        (>= 3400 and <= 3499) or (>= 3700 and <= 3799) => length == 15,
        (>= 3000 and <= 3059) or (>= 3600 and <= 3699) or (>= 3800 and <= 3999) => length == 14,
        >= 3528 and <= 3589 => length >= 16,
        6011 or (>= 6200 and <= 6299) or (>= 6440 and <= 6599) => length >= 16,
        (>= 5000 and <= 5099) or (>= 5600 and <= 5899) or (>= 6300 and <= 6439) or (>= 6600 and <= 6799) => length >= DigitsMin,
        _ => false,
    };

    static bool IsLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[^(index + 1)] - '0';
            var weighted = index % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }
}
