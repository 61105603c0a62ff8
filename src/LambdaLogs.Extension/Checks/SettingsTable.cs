using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Checks;

/// <summary>The settings in force, each with its source. Pure.</summary>
internal static class SettingsTable
{
    const int LongestShown = 60;

    /// <summary>A row for each variable: name, value, source. Secrets are masked.</summary>
    /// <param name="read">The environment.</param>
    /// <param name="problems">What is wrong with it.</param>
    public static IReadOnlyList<string[]> Rows(Func<string, string?> read, IReadOnlyList<SettingProblem> problems)
    {
        var rows = new List<string[]>();
        foreach (var variable in VariableList.All)
        {
            var name = NameInForce(variable, read);
            var text = read(name)?.Trim() ?? "";
            var value = text.Length == 0 ? variable.DefaultText : Shown(variable, text);
            var source = text.Length == 0 ? "default" : name == variable.Name ? "environment" : $"environment, by {name}";
            rows.Add([variable.Name, value.Length == 0 ? "-" : value, WithProblem(variable, source, problems)]);
        }

        return rows;
    }

    // Variables of proxies are known in lower case as well, which goes first.
    static string NameInForce(Variable variable, Func<string, string?> read)
    {
        var lower = variable.Name.ToLowerInvariant();
        return variable.Name.EndsWith("_PROXY", StringComparison.Ordinal) && read(lower) is { Length: > 0 } ? lower : variable.Name;
    }

    static string WithProblem(Variable variable, string source, IReadOnlyList<SettingProblem> problems)
    {
        foreach (var problem in problems)
        {
            if (problem.Variable == variable.Name)
                return $"{source}, see the problems: {problem.Used}";
        }

        return source;
    }

    static string Shown(Variable variable, string text)
    {
        if (variable == HttpVariables.Endpoint)
            return Uri.TryCreate(text, UriKind.Absolute, out var url) ? EndpointMask.Of(url) : $"a text of {text.Length} characters";

        // The name of a secret is none.
        if (variable == HttpVariables.AuthCredentials && SecretReference.Parse(text) is { } reference)
            return reference.ToString();

        return variable.IsSecret ? $"a secret of {text.Length} characters" : PlainText.OneLine(text, LongestShown);
    }
}
