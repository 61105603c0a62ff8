using System.Globalization;

namespace LambdaLogs.Extension.Delivery;

/// <summary>The header <c>Retry-After</c>, RFC 9110, section 10.2.3.</summary>
internal static class RetryAfter
{
    /// <summary>The longest wait that an endpoint can ask for. Longer ones are reduced to it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // IMF-fixdate, then the two obsolete forms every recipient must accept (RFC 9110, section 5.6.7).
    static readonly string[] Forms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>Reads seconds or an HTTP date.</summary>
    /// <param name="text">The header's value. Null: there is none.</param>
    /// <param name="now">The wall clock, which a date is compared with.</param>
    /// <returns>From zero to <see cref="Longest"/>; zero for a date in the past. Null where the text is neither.</returns>
    public static TimeSpan? Parse(string? text, DateTimeOffset now)
    {
        if (text is null)
            return null;

        var value = text.AsSpan().Trim();
        if (IsDigits(value))
        {
            // Numbers with more digits than a double can hold exactly are far above the limit anyway.
            var seconds = double.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
            return seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
        }

        if (Date(text) is not { } date)
            return null;

        var wait = date - now;
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }

    /// <summary>Parses an HTTP date.</summary>
    /// <param name="text">The header's value. Null: there is none.</param>
    public static DateTimeOffset? Date(string? text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite;
        return DateTimeOffset.TryParseExact(text.AsSpan().Trim(), Forms, CultureInfo.InvariantCulture, Styles, out var date) ? date : null;
    }

    static bool IsDigits(ReadOnlySpan<char> value) => !value.IsEmpty && !value.ContainsAnyExceptInRange('0', '9');
}
