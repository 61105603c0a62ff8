namespace LambdaLogs.Extension.Settings;

/// <summary>One thing that is wrong with the configuration, told to the user in one line.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Value">What it holds, for people: masked where it is secret, shortened, printable. Null: it is not set.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="Used">What happens instead, for example the default that is used.</param>
internal sealed record SettingProblem(string Variable, string? Value, string Allowed, string Used)
{
    /// <summary>The line: variable, value, what is allowed, what is used.</summary>
    public override string ToString() => $"{Variable}: {(Value is null ? "not set" : $"got {Value}")}; expected {Allowed}; {Used}";
}
