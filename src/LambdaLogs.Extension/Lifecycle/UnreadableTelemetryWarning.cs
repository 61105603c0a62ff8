using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Logs once that a part of a telemetry body could not be parsed. Runs on the listener's thread.</summary>
/// <param name="log">The extension's own log.</param>
internal sealed class UnreadableTelemetryWarning(ExtensionLog log)
{
    bool _logged;

    /// <summary>Reports one part.</summary>
    /// <param name="reason">Why it could not be parsed.</param>
    /// <param name="bytes">Its size in bytes.</param>
    public void Report(UnreadableReason reason, int bytes)
    {
        if (_logged)
            return;

        _logged = true;
        var why = Text(reason);
        log.Warn($"a part of a telemetry body is not a valid event ({why}, {bytes} bytes); it is forwarded as text; this is logged once");
    }

    static string Text(UnreadableReason reason) => reason switch
    {
        UnreadableReason.Incomplete => "incomplete",
        UnreadableReason.TooDeep => "nested too deep",
        _ => "no valid JSON",
    };
}
