using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Checks;

/// <summary>The settings in force and their sources. Pure.</summary>
/// <param name="read">Reads an environment variable.</param>
/// <param name="isShared">Whether a variable comes from the file of <c>LOGS_CONFIG</c>.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="problems">The problems of the settings.</param>
internal sealed class SettingsTable(
    Func<string, string?> read, Func<string, bool> isShared, ExtensionSettings settings, IReadOnlyList<SettingProblem> problems)
{
    const int LongestShown = 60;
    const string Default = "default";

    /// <summary>Returns a row for each variable. Secrets are masked.</summary>
    /// <param name="all">Whether to include variables with their default values.</param>
    public List<SettingRow> Rows(bool all)
    {
        var inForce = DerivedSettings.Of(settings);
        var rows = new List<SettingRow>();
        foreach (var variable in VariableList.All)
        {
            var row = Row(variable, inForce.Find(row => row.Name == variable.Name));
            if (all || row.Source != Default)
                rows.Add(row);
        }

        return rows;
    }

    SettingRow Row(Variable variable, SettingRow? inForce)
    {
        var name = NameInForce(variable);
        var text = read(name)?.Trim() ?? "";
        if (text.Length > 0)
        {
            var source = isShared(name) ? "LOGS_CONFIG" : name == variable.Name ? "environment" : $"environment, by {name}";
            return new(variable.Name, Display(variable, text), WithProblem(variable, source));
        }

        // A value that equals the declared default is not listed.
        if (inForce is not null)
            return inForce.Value == DeclaredDefault(variable) ? inForce with { Source = WithProblem(variable, Default) } : inForce;

        return new(variable.Name, variable.DefaultText.Length == 0 ? "-" : variable.DefaultText, WithProblem(variable, Default));
    }

    static string DeclaredDefault(Variable variable) =>
        variable.Kind is VariableKind.Text or VariableKind.Choice ? variable.DefaultText : variable.TextOf(variable.Default);

    // Proxy variables also exist in lower case, which takes precedence.
    string NameInForce(Variable variable)
    {
        var lower = variable.Name.ToLowerInvariant();
        return variable.Name.EndsWith("_PROXY", StringComparison.Ordinal) && read(lower) is { Length: > 0 } ? lower : variable.Name;
    }

    string WithProblem(Variable variable, string source)
    {
        foreach (var problem in problems)
        {
            if (problem.Variable == variable.Name)
                return $"{source}, see the problems: {problem.Used}";
        }

        return source;
    }

    string Display(Variable variable, string text)
    {
        if (variable == HttpVariables.Endpoint)
        {
            if (settings.Destination is { } destination)
                return EndpointMask.Of(destination.Endpoint) + (destination.AddedPath is { } path ? $" (with {path})" : "");

            return Uri.TryCreate(text, UriKind.Absolute, out var url) ? EndpointMask.Of(url) : $"a text of {text.Length} characters";
        }

        // The ARN of a secret is not a secret.
        if (variable == HttpVariables.AuthCredentials && SecretReference.Parse(text) is { } reference)
            return reference.ToString();

        return variable.IsSecret ? $"a secret of {text.Length} characters" : PlainText.OneLine(text, LongestShown);
    }
}
