namespace LambdaLogs.Extension.Checks;

/// <summary>Shows a check at a terminal.</summary>
/// <param name="report">Receives the text.</param>
internal sealed class TextReport(PlainTextWriter report) : ICheckReport
{
    /// <inheritdoc/>
    public void Begin(string title, IReadOnlyList<SettingRow> settings, IReadOnlyList<string> problems, IReadOnlyList<string> warnings)
    {
        report.Line(title);
        Section("Settings");
        var rows = new List<string[]>();
        foreach (var setting in settings)
            rows.Add([setting.Name, setting.Value, setting.Source]);
        report.Table(rows);
        Section("Problems");
        foreach (var problem in problems)
            report.Line($"  {problem}");
        foreach (var warning in warnings)
            report.Line($"  warning: {warning}");
        if (problems.Count + warnings.Count == 0)
            report.Line("  none");
    }

    /// <inheritdoc/>
    public void BeginSteps(string title) => Section(title);

    /// <inheritdoc/>
    public void Step(CheckStep step) => report.Step(step);

    /// <inheritdoc/>
    public void End(bool isGood, string verdict) => Section(verdict);

    void Section(string title)
    {
        report.Line();
        report.Line(title);
    }
}
