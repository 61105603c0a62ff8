using LambdaLogs.Extension.Processing.Redaction;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads what is redacted, and how. An invalid value never reduces it: an unknown kind stands for all kinds, and with an invalid
/// expression or name lines are redacted completely.
/// </summary>
internal static class RedactReader
{
    const string Hash = "hash";
    const int MarkMax = 40;

    /// <summary>Reads the settings.</summary>
    /// <returns>Null: nothing is redacted.</returns>
    public static RedactOptions? Read(EnvironmentReader reader)
    {
        string? notUnderstood = null;
        var presets = Presets(reader);
        var patterns = Patterns(reader, ref notUnderstood);
        var (keys, paths) = Keys(reader, ref notUnderstood);
        var mark = Mark(reader);
        var salt = reader.Text(ProcessingVariables.RedactSalt);
        if (presets == RedactPresets.None && patterns.Count + keys.Count + paths.Count == 0 && notUnderstood is null)
            return null;

        return new RedactOptions
        {
            Presets = presets,
            Patterns = patterns,
            Keys = keys,
            Paths = paths,
            InvalidVariable = notUnderstood,
            Mark = mark,
            Salt = salt,
        };
    }

    /// <summary>Returns the preset for a name, ignoring case and word separators.</summary>
    /// <returns>None if there is no such preset.</returns>
    public static RedactPresets PresetOf(string name) => NormalizedName(name) switch
    {
        "email" or "emails" or "mail" => RedactPresets.Email,
        "creditcard" or "creditcards" or "card" or "cards" or "pan" => RedactPresets.CreditCard,
        "ipv4" => RedactPresets.Ipv4,
        "ipv6" => RedactPresets.Ipv6,
        "ip" or "ips" => RedactPresets.Ipv4 | RedactPresets.Ipv6,
        "jwt" or "jwts" => RedactPresets.Jwt,
        "awskey" or "awskeys" or "aws" => RedactPresets.AwsKey,
        "bearer" => RedactPresets.Bearer,
        "urlcredentials" => RedactPresets.UrlCredentials,
        "iban" or "ibans" => RedactPresets.Iban,
        "usssn" or "ssn" => RedactPresets.UsSsn,
        "all" or "true" or "on" or "yes" or "1" => RedactPresets.All,
        _ => RedactPresets.None,
    };

    static string NormalizedName(string name) =>
        name.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    static RedactPresets Presets(EnvironmentReader reader)
    {
        var presets = RedactPresets.None;
        var names = ListSplitter.Split(reader.Text(ProcessingVariables.Redact), ListSplitter.WordSeparators);
        foreach (var quoted in names)
        {
            var name = quoted.Trim('"', '\'', '[', ']');
            var preset = PresetOf(name);
            if (preset == RedactPresets.None && !(names.Count == 1 && NormalizedName(name) is "none" or "off" or "false" or "no" or "0"))
            {
                reader.Problem(
                    ProcessingVariables.Redact, null, $"there is no kind \"{ExpressionReader.Excerpt(name)}\": all kinds are redacted");
                preset = RedactPresets.All;
            }

            presets |= preset;
        }

        return presets;
    }

    static List<string> Patterns(EnvironmentReader reader, ref string? notUnderstood)
    {
        var patterns = ExpressionReader.Read(reader, ProcessingVariables.RedactRegex, "lines are redacted completely", out var isWhole);
        if (!isWhole)
            notUnderstood = ProcessingVariables.RedactRegex.Name;
        return patterns;
    }

    static (List<string> Keys, List<string[]> Paths) Keys(EnvironmentReader reader, ref string? notUnderstood)
    {
        var keys = new List<string>();
        var paths = new List<string[]>();
        var pathNames = 0;
        foreach (var text in Texts(reader.Text(ProcessingVariables.RedactKeys)))
        {
            var isPath = KeyPath.TryRead(text, out var names);
            pathNames += names.Count > 1 ? names.Count : 0;
            if (!isPath || pathNames > RedactKeys.PathNamesMax)
            {
                var why = isPath ? "is one path too many" : "is neither a name nor a path";
                reader.Problem(
                    ProcessingVariables.RedactKeys, null, $"\"{ExpressionReader.Excerpt(text)}\" {why}: lines are redacted completely");
                notUnderstood = ProcessingVariables.RedactKeys.Name;
                continue;
            }

            // A member's name may contain dots.
            keys.Add(names.Count == 1 ? names[0] : text);
            if (names.Count > 1)
                paths.Add([.. names]);
        }

        return (keys, paths);
    }

    // A list may also be written as JSON.
    static List<string> Texts(string? text)
    {
        if (text is ['[', .. var inside, ']'] && inside.Contains(','))
            text = inside;
        return ListSplitter.Split(text, ListSplitter.WordSeparators, quotes: "\"'");
    }

    static string? Mark(EnvironmentReader reader)
    {
        if (reader.Text(ProcessingVariables.RedactWith) is not { } text)
            return ProcessingVariables.RedactWith.DefaultText;
        if (text.Equals(Hash, StringComparison.OrdinalIgnoreCase))
            return null;
        if (text.Length <= MarkMax)
            return text;

        reader.Problem(ProcessingVariables.RedactWith, null, $"using {ProcessingVariables.RedactWith.DefaultText}");
        return ProcessingVariables.RedactWith.DefaultText;
    }
}
