using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator;

/// <summary>Telemetry that nothing in the sandbox caused. For any thread.</summary>
public sealed class TelemetryControl
{
    readonly SandboxCore _core;
    readonly Environments _environments;

    internal TelemetryControl(SandboxCore core, Environments environments) => (_core, _environments) = (core, environments);

    /// <summary>What became of each subscriber's telemetry until now.</summary>
    public IReadOnlyList<TelemetryCount> Counts =>
    [
        .. _core.Hub.Counts(),
        .. _environments.Others.SelectMany(other => other.Lambda.Telemetry.Counts.Select(
            count => count with { Subscriber = Environments.NameIn(other.Number, count.Subscriber) })),
    ];

    /// <summary>Says <c>platform.logsDropped</c> to all subscribers.</summary>
    public void SayLogsDropped(long records, long bytes, string reason) =>
        _core.Hub.Publish(new PlatformEvent.LogsDropped(_core.Clock.Wall(), records, bytes, reason));

    /// <summary>Says a line of the function, as if it came from its process; it belongs to the latest invocation.</summary>
    /// <param name="line">Without a line feed; one is added.</param>
    public void SayFunctionLine(string line) => _core.Lines.Add(System.Text.Encoding.UTF8.GetBytes(line + "\n"), null);

    /// <summary>Sends what waits now, without the wait that the subscriber asked for.</summary>
    public void Flush() => _core.Hub.Flush();

    /// <summary>Delivers bytes as the body of a POST, whatever they are. The subscriber must not be frozen.</summary>
    /// <param name="body">Sent as they are.</param>
    /// <param name="subscriber">The extension's name. Null: the first that subscribed.</param>
    /// <returns>Null where it was taken, else what went wrong.</returns>
    public Task<string?> SendRawAsync(ReadOnlyMemory<byte> body, string? subscriber = null) =>
        _core.Hub.Find(subscriber)?.SendRawAsync(body) ?? Task.FromResult<string?>("nobody has subscribed");
}
