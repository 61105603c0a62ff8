using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Creates command-line options whose error messages name the option, the value and the expected form.</summary>
internal static class OptionFactory
{
    /// <summary>An integer option with a default.</summary>
    public static Option<int> Number(string name, string description, int fallback, string? unit = null) => new(name)
    {
        Description = description,
        HelpName = unit ?? "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse(result, "a whole number", static (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)),
    };

    /// <summary>An integer option without a default.</summary>
    public static Option<int?> OptionalNumber(string name, string description, string unit) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = result => Parse(result, "a whole number", static (string text, out int? value) =>
        {
            var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            value = number;
            return isNumber;
        }),
    };

    /// <summary>An integer option whose value can be omitted.</summary>
    public static Option<int?> NumberOrNothing(string name, string description, string unit)
    {
        var option = OptionalNumber(name, description, unit);
        var parse = option.CustomParser!;
        option.Arity = ArgumentArity.ZeroOrOne;
        option.CustomParser = result => result.Tokens.Count == 0 ? null : parse(result);
        return option;
    }

    /// <summary>A duration.</summary>
    public static Option<Duration> Time(string name, string description, double fallbackSeconds = 0) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => new Duration(TimeSpan.FromSeconds(fallbackSeconds)),
        CustomParser = result => Parse(result, "a duration such as 100ms or 2s", static (string text, out Duration value) =>
        {
            var isDuration = Durations.TryParse(text, out var time);
            value = new Duration(time);
            return isDuration;
        }),
    };

    /// <summary>An option that accepts one of several words, ignoring case.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description}: {string.Join(", ", words)}.",
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => words[0],
            CustomParser = result => Parse(result, $"one of {string.Join(", ", words)}", (string text, out string value) =>
            {
                value = words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? "";
                return value.Length > 0;
            }),
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>A text option without a default.</summary>
    public static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    /// <summary>A text option with a default.</summary>
    public static Option<string> Text(string name, string description, string helpName, string fallback) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => fallback };

    /// <summary>A text option that can be given several times.</summary>
    public static Option<string[]> Texts(string name, string description, string helpName) =>
        new(name) { Description = description + " Can be given several times.", HelpName = helpName };

    /// <summary>A switch without a value.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    delegate bool TryParse<T>(string text, out T value);

    static T? Parse<T>(ArgumentResult result, string expected, TryParse<T> parse)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (parse(text, out var value))
            return value;

        var name = (result.Parent as OptionResult)?.IdentifierToken?.Value ?? result.Argument.Name;
        result.AddError($"{name} {text}: expected {expected}.");
        return default;
    }
}
