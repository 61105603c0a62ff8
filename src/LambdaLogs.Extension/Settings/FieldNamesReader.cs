using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the settings that drop and rename fields of records rather than attributes: LOGS_FIELDS_DROP and LOGS_RENAME.</summary>
internal static class FieldNamesReader
{
    /// <summary>Reads the names, for formats with such fields.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="kind">The format: only the default and those with the same records have such names.</param>
    public static FieldNames Read(EnvironmentReader reader, FormatKind kind)
    {
        var (drop, rename) = (reader.Text(ProcessingVariables.FieldsDrop), reader.Text(ProcessingVariables.Rename));
        if ((drop is null && rename is null) || kind is not (FormatKind.Lambda or FormatKind.JsonArray or FormatKind.Ndjson))
            return new FieldNames();

        var dropped = RuleReader.SplitNames(drop);
        foreach (var needed in (ReadOnlySpan<string>)["timestamp", "level", "message", "log_type"])
        {
            if (dropped.Contains(needed))
                reader.Problem(ProcessingVariables.FieldsDrop, null, $"{needed} stays: every record has it");
        }

        var renamed = Pairs(RuleReader.SplitNames(rename), out _);
        while (Clash(dropped, renamed) is { } clash)
        {
            var text = ExpressionReader.Excerpt($"{clash.Key}={clash.Value}");
            reader.Problem(ProcessingVariables.Rename, null, $"\"{text}\" is left out: records have a field of that name");
            renamed.Remove(clash);
        }

        return new FieldNames { Dropped = dropped, Renamed = renamed };
    }

    /// <summary>Parses pairs of a name and a new name.</summary>
    /// <param name="texts">Such as <c>message=msg</c>.</param>
    /// <param name="wrong">The invalid ones.</param>
    public static List<KeyValuePair<string, string>> Pairs(List<string> texts, out List<string> wrong)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        wrong = [];
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            if (equals > 0 && equals < text.Length - 1)
                pairs.Add(new(text[..equals], text[(equals + 1)..]));
            else
                wrong.Add(text);
        }

        return pairs;
    }

    /// <summary>Finds a pair that would give records two fields of the same name, which few destinations keep. Null: none.</summary>
    static KeyValuePair<string, string>? Clash(List<string> dropped, List<KeyValuePair<string, string>> renamed)
    {
        var names = new FieldNames { Dropped = dropped, Renamed = renamed };
        List<string> fields = [.. FieldNames.Constants, .. FieldNames.Others];
        fields.RemoveAll(field => names.Drops(field) && FieldNames.Constants.Contains(field));
        foreach (var pair in renamed)
        {
            if (fields.Contains(pair.Key) && fields.FindAll(field => names.OutputNameOf(field) == pair.Value).Count > 1)
                return pair;
        }

        return null;
    }
}
