namespace LambdaLogs.Extension.Checks;

/// <summary>One setting for display.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The value in force; masked if it is secret. <c>-</c>: none.</param>
/// <param name="Source">Where the value comes from.</param>
internal sealed record SettingRow(string Name, string Value, string Source);
