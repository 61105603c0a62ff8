namespace LambdaLogs.Extension.Settings;

/// <summary>A problem of the configuration, reported in one line.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Value">The value for display: masked if it is secret, shortened, printable. Null: not set.</param>
/// <param name="Allowed">The accepted form.</param>
/// <param name="Used">What is done instead, for example the default that is used.</param>
internal sealed record SettingProblem(string Variable, string? Value, string Allowed, string Used)
{
    /// <summary>The line: variable, value, accepted form, what is done instead.</summary>
    public override string ToString() => $"{Variable}: {(Value is null ? "not set" : $"got {Value}")}; expected {Allowed}; {Used}";
}
