using System.Globalization;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>A duration in the command line or a scenario, such as <c>100ms</c>.</summary>
internal readonly record struct Duration(TimeSpan Time)
{
    public override string ToString() => Time.TotalSeconds is > 0 and < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Time.TotalMilliseconds:0.###}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{Time.TotalSeconds:0.###}s");
}

/// <summary>Parses and formats durations.</summary>
internal static class Durations
{
    /// <summary>Parses <c>100ms</c>, <c>2s</c>, <c>1.5s</c> or a number of seconds.</summary>
    /// <returns>False if the text is not a duration or is negative.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var (number, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.OrdinalIgnoreCase) => (text[..^2], TimeSpan.FromMilliseconds(1)),
            _ when text.EndsWith('s') || text.EndsWith('S') => (text[..^1], TimeSpan.FromSeconds(1)),
            _ => (text, TimeSpan.FromSeconds(1)),
        };
        duration = default;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1e6)
            return false;

        duration = unit * value;
        return true;
    }
}
