using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Processing.Sampling;
using LambdaLogs.Extension.Processing.Shaping;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the rules. Where none is set this looks up their variables, and that is all.</summary>
internal static class RuleReader
{
    /// <summary>Reads all rules; one that is wrong is told and left out.</summary>
    /// <param name="reader">The environment; gathers the problems.</param>
    /// <returns>Null: none is set.</returns>
    public static RuleOptions? Read(EnvironmentReader reader)
    {
        if (!IsAnySet(reader))
            return null;

        var options = new RuleOptions
        {
            Join = Join(reader),
            Levels = LevelReader.Read(reader),
            Include = ExpressionReader.Read(reader, ProcessingVariables.Include),
            Exclude = ExpressionReader.Read(reader, ProcessingVariables.Exclude),
            Sample = SampleReader.Read(reader),
            RateLimit = RateLimit(reader),
            Redact = RedactReader.Read(reader),
            Shape = Shape(reader),
            MessageBytesMax = MessageBytesMax(reader),
        };
        return IsEmpty(options) ? null : options;
    }

    /// <summary>Parts a list at commas, semicolons and white space.</summary>
    public static List<string> Names(string? text)
    {
        var names = new List<string>();
        if (text is null)
            return names;

        foreach (var part in text.AsSpan().SplitAny(',', ';', ' ', '\t', '\r', '\n'))
        {
            if (part.End.Value > part.Start.Value)
                names.Add(text[part]);
        }

        return names;
    }

    /// <summary>The fields of records, rather than of attributes, that LOGS_FIELDS_DROP and LOGS_RENAME are about.</summary>
    /// <param name="reader">The environment; gathers the problems.</param>
    /// <param name="kind">The format: only the default's and those with its records have such names.</param>
    public static FieldNames FieldNames(EnvironmentReader reader, FormatKind kind)
    {
        var (drop, rename) = (reader.Text(ProcessingVariables.FieldsDrop), reader.Text(ProcessingVariables.Rename));
        if (drop is null && rename is null)
            return new FieldNames();

        var (dropped, renamed) = (Names(drop), Names(rename));
        if (dropped.Count + renamed.Count == 0 || kind is not (FormatKind.Lambda or FormatKind.JsonArray or FormatKind.Ndjson))
            return new FieldNames();

        foreach (var needed in (ReadOnlySpan<string>)["timestamp", "level", "message", "log_type"])
        {
            if (dropped.Contains(needed))
                reader.Problem(ProcessingVariables.FieldsDrop, null, $"{needed} stays: every record has it");
        }

        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in renamed)
        {
            var equals = pair.IndexOf('=');
            if (equals > 0 && equals < pair.Length - 1)
                pairs.Add(new(pair[..equals], pair[(equals + 1)..]));
        }

        return new FieldNames { Dropped = dropped, Renamed = pairs };
    }

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
        && options is { RateLimit: null, Redact: null, Shape: null, MessageBytesMax: null };

    static JoinOptions? Join(EnvironmentReader reader)
    {
        var isAuto = reader.Choice(ProcessingVariables.Multiline) == 1;
        var start = ExpressionReader.One(reader, ProcessingVariables.MultilineStart);
        return isAuto || start is not null ? new JoinOptions { Start = start } : null;
    }

    static RateLimitOptions? RateLimit(EnvironmentReader reader)
    {
        if (reader.Text(ProcessingVariables.RateLimit) is not { } text)
            return null;

        var numbers = Names(text);
        long perSecond = 0;
        long burst = 0;
        var areNumbers = numbers.Count is 1 or 2
            && Quantity.TryNumber(numbers[0], out perSecond) && Quantity.TryNumber(numbers[^1], out burst);
        if (areNumbers && perSecond is > 0 and <= int.MaxValue && burst is > 0 and <= int.MaxValue)
            return new RateLimitOptions((int)perSecond, (int)burst);

        reader.Problem(ProcessingVariables.RateLimit, null, "no limit is used");
        return null;
    }

    static ShapeOptions? Shape(EnvironmentReader reader)
    {
        var dropped = Names(reader.Text(ProcessingVariables.FieldsDrop));
        if (dropped.Count > ShapeOptions.DroppedMax)
        {
            reader.Problem(ProcessingVariables.FieldsDrop, null, $"using the first {ShapeOptions.DroppedMax}");
            dropped.RemoveRange(ShapeOptions.DroppedMax, dropped.Count - ShapeOptions.DroppedMax);
        }

        var renamed = new List<KeyValuePair<string, string>>();
        foreach (var pair in Names(reader.Text(ProcessingVariables.Rename)))
        {
            var equals = pair.IndexOf('=');
            if (equals > 0 && equals < pair.Length - 1)
                renamed.Add(new(pair[..equals], pair[(equals + 1)..]));
            else
                reader.Problem(ProcessingVariables.Rename, null, $"\"{ExpressionReader.Shown(pair)}\" is left out");
        }

        return dropped.Count + renamed.Count > 0 ? new ShapeOptions { Dropped = dropped, Renamed = renamed } : null;
    }

    static int? MessageBytesMax(EnvironmentReader reader)
    {
        var size = reader.Size(ProcessingVariables.MaxMessageBytes, ProcessingVariables.MaxMessageBytes.Default);
        return size == ProcessingVariables.MaxMessageBytes.Default ? null : (int)size;
    }
}
