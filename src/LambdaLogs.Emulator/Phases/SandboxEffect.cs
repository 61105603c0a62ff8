using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Something that is to be done, in the order given. A closed union; the sandbox carries it out.</summary>
internal abstract record SandboxEffect
{
    /// <summary>The sandbox is in this phase now.</summary>
    public sealed record Entered(Phase Phase) : SandboxEffect;

    /// <summary>Say this to everyone who subscribed.</summary>
    public sealed record Publish(PlatformEvent Event) : SandboxEffect;

    /// <summary>Start every extension file; the response is <see cref="SandboxInput.Launched"/> or a failure.</summary>
    public sealed record LaunchExtensions : SandboxEffect;

    /// <summary>Start the runtime's process.</summary>
    public sealed record StartRuntime : SandboxEffect;

    /// <summary>Respond to the runtime's waiting call with this invocation.</summary>
    public sealed record SendInvocation(Invocation Invocation) : SandboxEffect;

    /// <summary>Respond to the extension's waiting call with this event.</summary>
    public sealed record SendEvent(string Name, ExtensionEvent Event) : SandboxEffect;

    /// <summary>Give the caller what the runtime posted.</summary>
    public sealed record RespondToCaller(string RequestId) : SandboxEffect;

    /// <summary>Tell the caller that the invocation failed on the way.</summary>
    public sealed record FailCaller(string RequestId, string ErrorType, string Message) : SandboxEffect;

    /// <summary>The invocation is over, its report was published.</summary>
    /// <param name="Added">From the runtime's next call to the last extension's. Null where the runtime did not get that far.</param>
    public sealed record Finish(Invocation Invocation, Outcome Outcome, TimeSpan? Added) : SandboxEffect;

    /// <summary>Sends <see cref="SandboxInput.TimerFired"/> later; replaces a timer of the same key.</summary>
    public sealed record SetTimer(string Key, TimeSpan Delay) : SandboxEffect;

    /// <summary>Takes a timer back; none of that key is fine too.</summary>
    public sealed record CancelTimer(string Key) : SandboxEffect;

    /// <summary>A new Init takes subscriptions from now on; what it says is replayed to those who come later.</summary>
    public sealed record OpenSubscriptions : SandboxEffect;

    /// <summary>No more subscriptions.</summary>
    public sealed record CloseSubscriptions : SandboxEffect;

    /// <summary>
    /// Send what telemetry waits, without the wait that the subscribers asked for; <see cref="SandboxInput.TelemetryFlushed"/> follows.
    /// </summary>
    public sealed record FlushTelemetry : SandboxEffect;

    /// <summary>Stop all processes and the telemetry feed.</summary>
    public sealed record Freeze : SandboxEffect;

    /// <summary>Let them go on.</summary>
    public sealed record Thaw : SandboxEffect;

    /// <summary>SIGTERM to the runtime's process group.</summary>
    public sealed record TerminateRuntime : SandboxEffect;

    /// <summary>SIGKILL to the runtime's process group.</summary>
    public sealed record KillRuntime : SandboxEffect;

    /// <summary>SIGKILL to the extension's process group.</summary>
    public sealed record KillExtension(string Name) : SandboxEffect;

    /// <summary>All processes of this generation are gone; telemetry waits for the next.</summary>
    public sealed record GenerationEnded : SandboxEffect;
}
