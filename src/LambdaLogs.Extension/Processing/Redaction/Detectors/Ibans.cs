namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// International bank account numbers, contiguous or in groups of four: a country that uses them, its length, and valid check digits.
/// </summary>
internal static class Ibans
{
    const int LengthMax = 34;

    // Countries and the lengths of their numbers. Source: SWIFT's IBAN registry, release 99.
    static ReadOnlySpan<byte> Lengths =>
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18"u8;

    static ReadOnlySpan<byte> MoreLengths =>
        "GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15"u8;

    static ReadOnlySpan<byte> LastLengths =>
        "OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"u8;

    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(text.Length);
        for (var at = 0; at + 4 < text.Length;)
        {
            var next = text[at..].IndexOfAnyInRange((byte)'A', (byte)'Z');
            if (next < 0)
                return;

            var start = at + next;
            var isPart = TextBytes.IsWord(text, start - 1);
            var end = isPart ? 0 : EndOf(text, start);
            work.Count(isPart ? 1 : LengthMax);
            if (end > 0)
                found.Add(start, end);
            at = Math.Max(start + 1, end);
        }
    }

    /// <returns>The index after the number that starts here; zero if there is none.</returns>
    static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        if (!TextBytes.IsDigit(text, start + 2) || !TextBytes.IsDigit(text, start + 3))
            return 0;

        var length = LengthOf(text.Slice(start, 2));
        Span<byte> number = stackalloc byte[LengthMax];
        var at = start;
        for (var count = 0; count < length; count++)
        {
            if (count > 0 && count % 4 == 0 && at < text.Length && text[at] == ' ')
                at++;
            if (at >= text.Length || !(char.IsAsciiLetterUpper((char)text[at]) || TextBytes.IsDigit(text, at)))
                return 0;

            number[count] = text[at++];
        }

        return length > 0 && !TextBytes.IsWord(text, at) && IsRight(number[..length]) ? at : 0;
    }

    static int LengthOf(ReadOnlySpan<byte> country)
    {
        var length = LengthIn(Lengths, country);
        length = length > 0 ? length : LengthIn(MoreLengths, country);
        return length > 0 ? length : LengthIn(LastLengths, country);
    }

    static int LengthIn(ReadOnlySpan<byte> lengths, ReadOnlySpan<byte> country)
    {
        for (; !lengths.IsEmpty; lengths = lengths[4..])
        {
            if (lengths.StartsWith(country))
                return ((lengths[2] - '0') * 10) + lengths[3] - '0';
        }

        return 0;
    }

    /// <summary>
    /// Whether the number modulo 97 is 1, with its first four characters moved to the end and letters as numbers from 10.
    /// </summary>
    static bool IsRight(ReadOnlySpan<byte> number)
    {
        var rest = 0;
        for (var index = 0; index < number.Length; index++)
        {
            var character = number[(index + 4) % number.Length];
            rest = char.IsAsciiDigit((char)character) ? (rest * 10) + character - '0' : (rest * 100) + character - 'A' + 10;
            rest %= 97;
        }

        return rest == 1;
    }
}
