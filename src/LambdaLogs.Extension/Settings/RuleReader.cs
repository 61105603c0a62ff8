using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Sampling;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the rules. If none is set, this only looks up their variables.</summary>
internal static class RuleReader
{
    /// <summary>Reads all rules; an invalid one is reported and left out.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <returns>Null: none is set.</returns>
    public static RuleOptions? Read(EnvironmentReader reader)
    {
        if (!IsAnySet(reader))
            return null;

        var include = ExpressionReader.Filter(reader, ProcessingVariables.Include, out var includeTenants);
        var exclude = ExpressionReader.Filter(reader, ProcessingVariables.Exclude, out var excludeTenants);
        var options = new RuleOptions
        {
            Join = Join(reader),
            Levels = LevelReader.Read(reader),
            Include = include,
            IncludeTenants = includeTenants,
            Exclude = exclude,
            ExcludeTenants = excludeTenants,
            Sample = SampleReader.Read(reader),
            RateLimit = RateLimit(reader),
            Redact = RedactReader.Read(reader),
            Fields = Fields(reader),
            MessageBytesMax = MessageBytesMax(reader),
        };
        return IsEmpty(options) ? null : options;
    }

    /// <summary>Splits a list at commas, semicolons and white space.</summary>
    public static List<string> SplitNames(string? text) => ListSplitter.Split(text, ListSplitter.WordSeparators);

    static bool IsAnySet(EnvironmentReader reader)
    {
        foreach (var variable in ProcessingVariables.Rules)
        {
            if (reader.Text(variable) is not null)
                return true;
        }

        return false;
    }

    static bool IsEmpty(RuleOptions options) =>
        options is { Join: null, Levels: null, Include.Count: 0, Exclude.Count: 0, Sample: null }
        && options is { IncludeTenants.Count: 0, ExcludeTenants.Count: 0 }
        && options is { RateLimit: null, Redact: null, Fields: null, MessageBytesMax: null };

    static JoinOptions? Join(EnvironmentReader reader)
    {
        var isAuto = reader.Choice(ProcessingVariables.Multiline) == 1;
        var start = ExpressionReader.ReadOne(reader, ProcessingVariables.MultilineStart);
        return isAuto || start is not null ? new JoinOptions { Start = start } : null;
    }

    static RateLimitOptions? RateLimit(EnvironmentReader reader)
    {
        if (reader.Text(ProcessingVariables.RateLimit) is not { } text)
            return null;

        var numbers = SplitNames(text);
        long perSecond = 0;
        long burst = 0;
        var areNumbers = numbers.Count is 1 or 2
            && Quantity.TryNumber(numbers[0], out perSecond) && Quantity.TryNumber(numbers[^1], out burst);
        if (areNumbers && perSecond is > 0 and <= int.MaxValue && burst is > 0 and <= int.MaxValue)
            return new RateLimitOptions((int)perSecond, (int)burst);

        reader.Problem(ProcessingVariables.RateLimit, null, "no limit is used");
        return null;
    }

    static FieldRuleOptions? Fields(EnvironmentReader reader)
    {
        var dropped = SplitNames(reader.Text(ProcessingVariables.FieldsDrop));
        if (dropped.Count > FieldRuleOptions.DroppedMax)
        {
            reader.Problem(ProcessingVariables.FieldsDrop, null, $"using the first {FieldRuleOptions.DroppedMax}");
            dropped.RemoveRange(FieldRuleOptions.DroppedMax, dropped.Count - FieldRuleOptions.DroppedMax);
        }

        var renamed = FieldNamesReader.Pairs(SplitNames(reader.Text(ProcessingVariables.Rename)), out var wrong);
        foreach (var pair in wrong)
            reader.Problem(ProcessingVariables.Rename, null, $"\"{ExpressionReader.Excerpt(pair)}\" is left out");

        return dropped.Count + renamed.Count > 0 ? new FieldRuleOptions { Dropped = dropped, Renamed = renamed } : null;
    }

    static int? MessageBytesMax(EnvironmentReader reader)
    {
        var size = reader.Size(ProcessingVariables.MaxMessageBytes, ProcessingVariables.MaxMessageBytes.Default);
        return size == ProcessingVariables.MaxMessageBytes.Default ? null : (int)size;
    }
}
