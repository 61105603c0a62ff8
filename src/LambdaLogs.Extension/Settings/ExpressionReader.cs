using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Processing.Patterns;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads regular expressions. An invalid one is reported with the position of the error and left out.</summary>
internal static class ExpressionReader
{
    /// <summary>What an expression about the tenant begins with.</summary>
    const string OfTenant = "{tenant_id}=";

    /// <summary>Reads several expressions, one per line, which are combined.</summary>
    /// <param name="reader">The environment; gathers the problems.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="tenants">Those for the ids of tenants.</param>
    /// <returns>Those for messages.</returns>
    public static IReadOnlyList<string> Filter(EnvironmentReader reader, Variable variable, out IReadOnlyList<string> tenants)
    {
        var messages = new List<string>();
        var ofTenants = new List<string>();
        foreach (var text in ListSplitter.Split(reader.Text(variable), ListSplitter.LineSeparators))
        {
            var isOfTenant = text.StartsWith(OfTenant, StringComparison.Ordinal);
            if (Validate(reader, variable, isOfTenant ? text[OfTenant.Length..] : text, null) is { } right)
                (isOfTenant ? ofTenants : messages).Add(right);
        }

        tenants = Fitting(reader, variable, ofTenants);
        return Fitting(reader, variable, messages);
    }

    static List<string> Fitting(EnvironmentReader reader, Variable variable, List<string> expressions)
    {
        while (expressions.Count > 1 && !Pattern.FitTogether(expressions))
        {
            var used = $"\"{Excerpt(expressions[^1])}\" is left out: the expressions are too large together";
            reader.Problem(variable, null, used);
            expressions.RemoveAt(expressions.Count - 1);
        }

        return expressions;
    }

    /// <summary>Reads several expressions, one per line, which are used separately.</summary>
    /// <param name="reader">The environment; collects the problems.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="otherwise">What is done if one is invalid. Null: it is left out.</param>
    /// <param name="isWhole">Whether all were valid.</param>
    public static List<string> Read(EnvironmentReader reader, Variable variable, string? otherwise, out bool isWhole)
    {
        var expressions = new List<string>();
        isWhole = true;
        foreach (var expression in ListSplitter.Split(reader.Text(variable), ListSplitter.LineSeparators))
        {
            if (Validate(reader, variable, expression, otherwise) is { } right)
                expressions.Add(right);
            else
                isWhole = false;
        }

        return expressions;
    }

    /// <summary>Reads one expression.</summary>
    /// <returns>Null: not set, or invalid.</returns>
    public static string? ReadOne(EnvironmentReader reader, Variable variable) =>
        reader.Text(variable) is { } text ? Validate(reader, variable, text, null) : null;

    /// <summary>An excerpt of a value, for a message.</summary>
    public static string Excerpt(string text) => PlainText.OneLine(text, longest: 40);

    static string? Validate(EnvironmentReader reader, Variable variable, string expression, string? otherwise)
    {
        if (WithoutSlashes(expression, variable == ProcessingVariables.RedactRegex) is { } plain && Pattern.Validate(plain) is null)
        {
            reader.Problem(variable, $"an expression without slashes around it, as in {Excerpt(plain)}", $"using {Excerpt(plain)}");
            return plain;
        }

        if (Pattern.Validate(expression) is not { } fault)
            return expression;

        var what = otherwise is null ? $"is left out: {fault}" : $"is wrong ({fault}): {otherwise}";
        reader.Problem(variable, null, $"\"{Excerpt(expression)}\" {what}");
        return null;
    }

    /// <summary>Removes the slashes of <c>/expression/i</c>.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="isSure">
    /// Whether slashes at both ends are sufficient. Otherwise flags or special characters distinguish an expression from a path.
    /// </param>
    /// <returns>Null: there are none.</returns>
    static string? WithoutSlashes(string expression, bool isSure)
    {
        var end = expression.LastIndexOf('/');
        if (end < 2 || expression[0] != '/')
            return null;

        var flags = expression.AsSpan(end + 1);
        var inside = expression[1..end];
        if (flags.ContainsAnyExcept("gimsuy") || (!isSure && flags.IsEmpty && inside.AsSpan().IndexOfAny(@"\[(*+?|^$") < 0))
            return null;

        var kept = "";
        foreach (var flag in "ims")
        {
            if (flags.Contains(flag))
                kept += flag;
        }

        return kept.Length > 0 ? $"(?{kept}){inside}" : inside;
    }
}
