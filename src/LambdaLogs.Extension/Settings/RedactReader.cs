using LambdaLogs.Extension.Processing.Redaction;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads what is hidden, and by what.</summary>
internal static class RedactReader
{
    const string Hash = "hash";
    const int MarkMax = 40;

    /// <summary>Reads it.</summary>
    /// <returns>Null: nothing is hidden.</returns>
    public static RedactOptions? Read(EnvironmentReader reader)
    {
        var presets = Presets(reader);
        var patterns = ExpressionReader.Read(reader, ProcessingVariables.RedactRegex);
        var keys = RuleReader.Names(reader.Text(ProcessingVariables.RedactKeys));
        var mark = Mark(reader);
        var salt = reader.Text(ProcessingVariables.RedactSalt);
        if (presets == RedactPresets.None && patterns.Count + keys.Count == 0)
            return null;

        return new RedactOptions { Presets = presets, Patterns = patterns, Keys = keys, Mark = mark, Salt = salt };
    }

    /// <summary>The preset of a name.</summary>
    /// <returns>None where there is no such preset.</returns>
    public static RedactPresets PresetOf(string name) => name.ToLowerInvariant() switch
    {
        "email" => RedactPresets.Email,
        "credit_card" => RedactPresets.CreditCard,
        "ipv4" => RedactPresets.Ipv4,
        "ipv6" => RedactPresets.Ipv6,
        "jwt" => RedactPresets.Jwt,
        "aws_key" => RedactPresets.AwsKey,
        "bearer" => RedactPresets.Bearer,
        "url_credentials" => RedactPresets.UrlCredentials,
        "iban" => RedactPresets.Iban,
        "us_ssn" => RedactPresets.UsSsn,
        "all" => RedactPresets.All,
        _ => RedactPresets.None,
    };

    static RedactPresets Presets(EnvironmentReader reader)
    {
        var presets = RedactPresets.None;
        foreach (var name in RuleReader.Names(reader.Text(ProcessingVariables.Redact)))
        {
            if (PresetOf(name) is var preset and not RedactPresets.None)
                presets |= preset;
            else
                reader.Problem(ProcessingVariables.Redact, null, $"\"{ExpressionReader.Shown(name)}\" is left out");
        }

        return presets;
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
