namespace LambdaLogs.Extension.Checks;

/// <summary>Receives the findings of the check, in the order of its methods.</summary>
internal interface ICheckReport
{
    /// <summary>Reports the settings and their problems.</summary>
    /// <param name="title">Name and version.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="problems">A line each.</param>
    /// <param name="warnings">A line each.</param>
    void Begin(string title, IReadOnlyList<SettingRow> settings, IReadOnlyList<string> problems, IReadOnlyList<string> warnings);

    /// <summary>Starts the steps to an endpoint.</summary>
    /// <param name="title">The heading.</param>
    void BeginSteps(string title);

    /// <summary>Reports one step.</summary>
    /// <param name="step">The result of the step.</param>
    void Step(CheckStep step);

    /// <summary>Ends the report.</summary>
    /// <param name="isGood">Whether there is nothing to change.</param>
    /// <param name="verdict">The result in one sentence.</param>
    void End(bool isGood, string verdict);
}
