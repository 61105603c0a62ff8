using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Reads declared variables and collects all problems. Values are trimmed; an empty value counts as not set; an invalid one is replaced by
/// the default. For one thread.
/// </summary>
/// <param name="read">Returns a variable's value, or null if it is not set.</param>
internal sealed class EnvironmentReader(Func<string, string?> read)
{
    const int LongestShown = 40;

    readonly List<SettingProblem> _problems = [];
    readonly List<string> _quoted = [];

    /// <summary>The problems so far.</summary>
    public List<SettingProblem> Problems => _problems;

    /// <summary>
    /// The value, trimmed and without surrounding quotes, which are reported as a mistake except in secrets. Null: not set, or only white
    /// space.
    /// </summary>
    public string? Text(Variable variable)
    {
        if (Text(variable.Name) is not { } text || variable.IsSecret || ListSplitter.WithoutQuotes(text) is not { } plain || plain == text)
            return Text(variable.Name);

        if (!_quoted.Contains(variable.Name))
        {
            _quoted.Add(variable.Name);
            const string Allowed = "the value without quotes around it";
            Problem(new SettingProblem(variable.Name, Shown(variable, text), Allowed, $"using {PlainText.OneLine(plain, LongestShown)}"));
        }

        return plain.Length > 0 ? plain : null;
    }

    /// <summary>The value of a variable that is not declared.</summary>
    public string? Text(string name) => read(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A boolean, or its default.</summary>
    public bool Flag(Variable variable)
    {
        if (FlagOrNull(variable) is { } flag)
            return flag;

        FallBack(variable);
        return variable.Default != 0;
    }

    /// <summary>A boolean, or its default, or null if the text is neither. Reports no problem.</summary>
    public bool? FlagOrNull(Variable variable)
    {
        return Text(variable) is { } text ? FlagOf(text) : variable.Default != 0;
    }

    /// <summary>The index of a choice, or its default. Null: it is none of them; the caller reports the problem.</summary>
    public int? ChoiceOrNull(Variable variable)
    {
        if (Text(variable) is not { } text)
            return (int)variable.Default;

        var names = variable.Choices;
        for (var index = 0; index < names.Length; index++)
        {
            if (IsSameName(text, names[index]))
                return index;
        }

        // Of two choices, one of which is off, a boolean means the one or the other.
        var off = names.Length == 2 ? Array.FindIndex(names, name => name is "off" or "none") : -1;
        if (off < 0 || FlagOf(text) is not { } flag)
            return null;

        var meant = flag ? 1 - off : off;
        Problem(variable, null, $"using {names[meant]}");
        return meant;
    }

    /// <summary>The index of a choice, or its default.</summary>
    public int Choice(Variable variable)
    {
        if (ChoiceOrNull(variable) is { } index)
            return index;

        FallBack(variable);
        return (int)variable.Default;
    }

    /// <summary>An integer within the variable's limits, or its default.</summary>
    public int Number(Variable variable)
    {
        if (Text(variable) is not { } text)
            return (int)variable.Default;

        return (int)InBounds(variable, Quantity.TryNumber(text, out var value), value, variable.Default);
    }

    /// <summary>A duration within the variable's limits, or its default.</summary>
    public TimeSpan Duration(Variable variable)
    {
        var milliseconds = variable.Default;
        if (Text(variable) is { } text)
            milliseconds = InBounds(variable, Quantity.TryDuration(text, variable.BareUnit, out var value), value, milliseconds);

        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>A size in bytes within the variable's limits, or the given default, which may depend on the function.</summary>
    public long Size(Variable variable, long otherwise)
    {
        if (Text(variable) is not { } text)
            return otherwise;

        return InBounds(variable, Quantity.TrySize(text, out var value), value, otherwise);
    }

    /// <summary>Reports a problem with a value.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="allowed">The accepted form. Null: as declared.</param>
    /// <param name="used">What is done instead.</param>
    public void Problem(Variable variable, string? allowed, string used) =>
        _problems.Add(new SettingProblem(variable.Name, Shown(variable, Text(variable)), allowed ?? variable.AllowedText, used));

    /// <summary>Reports a problem with a value in a custom form.</summary>
    /// <param name="problem">The problem; its value is masked if necessary.</param>
    public void Problem(SettingProblem problem) => _problems.Add(problem);

    static bool? FlagOf(string text)
    {
        if (IsAny(text, "true", "1", "yes", "on"))
            return true;

        return IsAny(text, "false", "0", "no", "off") ? false : null;
    }

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

    // drop_oldest, drop-oldest and DropOldest are equal.
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
