using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Says once that telemetry came which could not be read as such. The listener's thread.</summary>
/// <param name="log">Own log lines.</param>
internal sealed class UnreadableReport(ExtensionLog log)
{
    bool _logged;

    /// <summary>Tells of one piece.</summary>
    /// <param name="reason">Why it could not be read.</param>
    /// <param name="bytes">Its size.</param>
    public void Report(UnreadableReason reason, int bytes)
    {
        if (_logged)
            return;

        _logged = true;
        var why = Text(reason);
        log.Warn($"a piece of telemetry could not be read ({why}, {bytes} bytes); it is forwarded as text, as all further ones are");
    }

    static string Text(UnreadableReason reason) => reason switch
    {
        UnreadableReason.Incomplete => "incomplete",
        UnreadableReason.TooDeep => "nested too deep",
        _ => "no valid JSON",
    };
}
