namespace LambdaLogs.Extension.Checks;

/// <summary>Takes what the check finds, in this order.</summary>
internal interface ICheckReport
{
    /// <summary>What is in force and what is wrong with it.</summary>
    /// <param name="title">What this is.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="problems">A line each.</param>
    /// <param name="warnings">A line each.</param>
    void Begin(string title, IReadOnlyList<SettingRow> settings, IReadOnlyList<string> problems, IReadOnlyList<string> warnings);

    /// <summary>The steps to an endpoint follow.</summary>
    /// <param name="title">To which.</param>
    void BeginSteps(string title);

    /// <summary>One step.</summary>
    /// <param name="step">What came of it.</param>
    void Step(CheckStep step);

    /// <summary>All is done.</summary>
    /// <param name="isGood">Whether there is nothing to change.</param>
    /// <param name="verdict">The outcome in one sentence.</param>
    void End(bool isGood, string verdict);
}
