namespace LambdaLogs.Emulator.Wire;

/// <summary>Converts events to those of the older Logs API.</summary>
internal static class LogsApiEvents
{
    /// <summary>The equivalent events, in order. Empty for an event that the Logs API does not have.</summary>
    /// <param name="item">Any telemetry event.</param>
    /// <param name="schema">A schema version of the Logs API.</param>
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
