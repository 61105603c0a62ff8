namespace LambdaLogs.Extension.Checks;

/// <summary>One setting in force, for people.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The value in force; masked where it is secret. <c>-</c>: none.</param>
/// <param name="Source">Where the value comes from.</param>
internal sealed record SettingRow(string Name, string Value, string Source);
