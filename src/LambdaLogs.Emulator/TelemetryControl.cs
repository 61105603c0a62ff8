using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator;

/// <summary>Publishes telemetry that did not originate in the sandbox. Thread-safe.</summary>
public sealed class TelemetryControl
{
    readonly SandboxCore _core;
    readonly Environments _environments;

    internal TelemetryControl(SandboxCore core, Environments environments) => (_core, _environments) = (core, environments);

    /// <summary>The telemetry counts of each subscriber so far.</summary>
    public IReadOnlyList<TelemetryCount> Counts =>
    [
        .. _core.Hub.Counts(),
        .. _environments.Others.SelectMany(other => other.Lambda.Telemetry.Counts.Select(
            count => count with { Subscriber = Environments.NumberedName(other.Number, count.Subscriber) })),
    ];

    /// <summary>Publishes <c>platform.logsDropped</c> to all subscribers.</summary>
    public void SayLogsDropped(long records, long bytes, string reason) =>
        _core.Hub.Publish(new PlatformEvent.LogsDropped(_core.Clock.Wall(), records, bytes, reason));

    /// <summary>Publishes a line as if the function's process had written it. It belongs to the latest invocation.</summary>
    /// <param name="line">The line without a line feed; one is appended.</param>
    public void SayFunctionLine(string line) => _core.Lines.Add(System.Text.Encoding.UTF8.GetBytes(line + "\n"), null);

    /// <summary>Sends buffered telemetry without waiting for the buffering limits.</summary>
    public void Flush() => _core.Hub.Flush();

    /// <summary>POSTs raw bytes to a subscriber, which must not be frozen.</summary>
    /// <param name="body">The body, sent unchanged.</param>
    /// <param name="subscriber">The extension's name. Null: the first subscriber.</param>
    /// <returns>Null if the delivery succeeded, otherwise the error message.</returns>
    public Task<string?> SendRawAsync(ReadOnlyMemory<byte> body, string? subscriber = null) =>
        _core.Hub.Find(subscriber)?.SendRawAsync(body) ?? Task.FromResult<string?>("no extension has subscribed");
}
