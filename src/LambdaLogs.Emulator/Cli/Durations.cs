using System.CommandLine.Parsing;
using System.Globalization;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Durations as people write them.</summary>
internal static class Durations
{
    /// <summary>Reads <c>100ms</c>, <c>2s</c>, <c>1.5s</c> or a bare number of seconds.</summary>
    /// <returns>False where it is none, or negative.</returns>
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

    /// <summary>The parser of an option.</summary>
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (!TryParse(text, out var duration))
            result.AddError($"{text}: expected a duration such as 100ms or 2s.");
        return duration;
    }
}
