using System.Globalization;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Checks;

/// <summary>Writes a check to the extension's own log. Problems and warnings were logged at the start.</summary>
/// <param name="log">The extension's own log.</param>
internal sealed class LogReport(ExtensionLog log) : ICheckReport
{
    /// <inheritdoc/>
    public void Begin(string title, IReadOnlyList<SettingRow> settings, IReadOnlyList<string> problems, IReadOnlyList<string> warnings)
    {
        log.Info($"check: {title}");
        foreach (var setting in settings)
            log.Info($"check: {setting.Name} = {setting.Value} ({setting.Source})");
    }

    /// <inheritdoc/>
    public void BeginSteps(string title) => log.Info($"check: {title}");

    /// <inheritdoc/>
    public void Step(CheckStep step)
    {
        var took = step.Took is { } time ? string.Create(CultureInfo.InvariantCulture, $", {time.TotalMilliseconds:0} ms") : "";
        var details = step.Details is { } more ? $"; {more}" : "";
        if (step.IsGood)
            log.Info($"check: {step.Name} ok{took}: {step.Text}{details}");
        else
            log.Error($"check: {step.Name} FAILED{took}: {step.Text}{details}{(step.Advice is { } advice ? $" -> {advice}" : "")}");
    }

    /// <inheritdoc/>
    public void End(bool isGood, string verdict)
    {
        if (isGood)
            log.Info($"check: {verdict}");
        else
            log.Error($"check: {verdict}");
    }
}
