namespace LambdaLogs.Emulator.Wire;

/// <summary>What a subscriber of the Logs API gets of an event.</summary>
internal static class LogsForm
{
    /// <summary>The events in its place, in order; none for what the Logs API does not know.</summary>
    /// <param name="item">Any event.</param>
    /// <param name="schema">Of the Logs API.</param>
    public static IReadOnlyList<TelemetryEvent> Of(TelemetryEvent item, SchemaVersion schema) => item switch
    {
        PlatformEvent.Start start => [new PlatformEvent.LogsStart(start.Time, start.RequestId, start.Version)],
        PlatformEvent.RuntimeDone done when schema is SchemaVersion.Logs20210318 =>
            [new PlatformEvent.LogsRuntimeDone(done.Time, done.RequestId, done.Outcome)],
        PlatformEvent.Report report => OfReport(report),
        PlatformEvent.Extension or PlatformEvent.LogsDropped or LogLine => [item],
        PlatformEvent.Subscription { IsLogs: true } => [item],
        _ => [],
    };

    static IReadOnlyList<TelemetryEvent> OfReport(PlatformEvent.Report report)
    {
        var end = new PlatformEvent.End(report.Time, report.RequestId);
        var metrics = new PlatformEvent.LogsReport(report.Time, report.RequestId, report.Metrics);
        var crash = $"RequestId: {report.RequestId} Process exited before completing request";
        return report.Outcome.Status switch
        {
            "success" => [end, metrics],
            "timeout" => [end, metrics, new PlatformEvent.Fault(report.Time, TimeoutText(report))],
            _ => [end, metrics, new PlatformEvent.Fault(report.Time, crash)],
        };
    }

    static string TimeoutText(PlatformEvent.Report report) => FormattableString.Invariant(
        $"{ContractTime.Format(report.Time)} {report.RequestId} Task timed out after {report.Metrics.Duration.TotalSeconds:0.00} seconds");
}
