using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads declared variables and gathers every problem. Values are trimmed; an empty one counts as not set; a wrong one gives the default.
/// For one thread.
/// </summary>
/// <param name="read">The environment: a variable's value, or null where it is not set.</param>
internal sealed class EnvironmentReader(Func<string, string?> read)
{
    const int LongestShown = 40;

    readonly List<SettingProblem> _problems = [];
    readonly List<string> _quoted = [];

    /// <summary>What is wrong so far.</summary>
    public List<SettingProblem> Problems => _problems;

    /// <summary>
    /// The text, trimmed and without quotes around it, which are a mistake and reported, but not in secrets. Null: not set, or nothing but
    /// white space.
    /// </summary>
    public string? Text(Variable variable)
    {
        if (Text(variable.Name) is not { } text || variable.IsSecret || ListText.WithoutQuotes(text) is not { } plain || plain == text)
            return Text(variable.Name);

        if (!_quoted.Contains(variable.Name))
        {
            _quoted.Add(variable.Name);
            const string Allowed = "the value without quotes around it";
            Problem(new SettingProblem(variable.Name, Shown(variable, text), Allowed, $"using {PlainText.OneLine(plain, LongestShown)}"));
        }

        return plain.Length > 0 ? plain : null;
    }

    /// <summary>The text of a variable that is not ours to check.</summary>
    public string? Text(string name) => read(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A flag, or its default.</summary>
    public bool Flag(Variable variable)
    {
        if (FlagOrNothing(variable) is { } flag)
            return flag;

        FallBack(variable);
        return variable.Default != 0;
    }

    /// <summary>A flag, or its default, or null where the text is neither yes nor no. Tells no problem.</summary>
    public bool? FlagOrNothing(Variable variable)
    {
        if (Text(variable) is not { } text)
            return variable.Default != 0;

        if (IsAny(text, "true", "1", "yes", "on"))
            return true;

        return IsAny(text, "false", "0", "no", "off") ? false : null;
    }

    /// <summary>The index of a choice, or its default. Null: it is none of them; the problem is for the caller to tell.</summary>
    public int? ChoiceOrNothing(Variable variable)
    {
        if (Text(variable) is not { } text)
            return (int)variable.Default;

        var names = variable.Choices;
        for (var index = 0; index < names.Length; index++)
        {
            if (IsSameName(text, names[index]))
                return index;
        }

        return null;
    }

    /// <summary>The index of a choice, or its default.</summary>
    public int Choice(Variable variable)
    {
        if (ChoiceOrNothing(variable) is { } index)
            return index;

        FallBack(variable);
        return (int)variable.Default;
    }

    /// <summary>A whole number in the variable's bounds, or its default.</summary>
    public int Number(Variable variable)
    {
        if (Text(variable) is not { } text)
            return (int)variable.Default;

        return (int)InBounds(variable, Quantity.TryNumber(text, out var value), value, variable.Default);
    }

    /// <summary>A duration in the variable's bounds, or its default.</summary>
    public TimeSpan Duration(Variable variable)
    {
        var milliseconds = variable.Default;
        if (Text(variable) is { } text)
            milliseconds = InBounds(variable, Quantity.TryDuration(text, variable.BareUnit, out var value), value, milliseconds);

        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>A size in bytes in the variable's bounds, or the default given here, which may depend on the function.</summary>
    public long Size(Variable variable, long otherwise)
    {
        if (Text(variable) is not { } text)
            return otherwise;

        return InBounds(variable, Quantity.TrySize(text, out var value), value, otherwise);
    }

    /// <summary>Tells a problem with what is set.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="allowed">What is allowed. Null: as it is declared.</param>
    /// <param name="used">What happens instead.</param>
    public void Problem(Variable variable, string? allowed, string used) =>
        _problems.Add(new SettingProblem(variable.Name, Shown(variable, Text(variable)), allowed ?? variable.AllowedText, used));

    /// <summary>Tells a problem with a value that is shown in a form of its own.</summary>
    /// <param name="problem">The problem; its value is masked where it must be.</param>
    public void Problem(SettingProblem problem) => _problems.Add(problem);

    static string? Shown(Variable variable, string? text)
    {
        if (text is null)
            return null;

        if (variable.IsSecret)
            return $"a secret of {text.Length} characters";

        return $"\"{PlainText.OneLine(text, LongestShown)}\"";
    }

    static bool IsAny(string text, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // drop_oldest, drop-oldest and DropOldest are the same.
    static bool IsSameName(ReadOnlySpan<char> text, ReadOnlySpan<char> name)
    {
        var at = 0;
        foreach (var character in text)
        {
            if (character is '_' or '-')
                continue;

            if (at < name.Length && name[at] == '_')
                at++;

            if (at == name.Length || char.ToLowerInvariant(character) != char.ToLowerInvariant(name[at++]))
                return false;
        }

        return at == name.Length;
    }

    long InBounds(Variable variable, bool isOne, long value, long otherwise)
    {
        if (isOne && value >= variable.Min && value <= variable.Max)
            return value;

        Problem(variable, null, $"using {variable.TextOf(otherwise)}");
        return otherwise;
    }

    void FallBack(Variable variable) => Problem(variable, null, $"using {variable.DefaultText}");
}
