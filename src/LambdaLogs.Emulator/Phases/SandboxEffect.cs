using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>An effect for the sandbox to perform. Effects are performed in order. A closed union.</summary>
internal abstract record SandboxEffect
{
    /// <summary>The sandbox has entered this phase.</summary>
    public sealed record Entered(Phase Phase) : SandboxEffect;

    /// <summary>Publish this event to all subscribers.</summary>
    public sealed record Publish(PlatformEvent Event) : SandboxEffect;

    /// <summary>Start every extension file. <see cref="SandboxInput.Launched"/> or a failure follows.</summary>
    public sealed record LaunchExtensions : SandboxEffect;

    /// <summary>Start the runtime's process.</summary>
    public sealed record StartRuntime : SandboxEffect;

    /// <summary>Respond to the runtime's waiting call with this invocation.</summary>
    public sealed record SendInvocation(Invocation Invocation) : SandboxEffect;

    /// <summary>Respond to the runtime's call that waits for the restore of its snapshot.</summary>
    public sealed record RestoreRuntime : SandboxEffect;

    /// <summary>Respond to the extension's waiting call with this event.</summary>
    public sealed record SendEvent(string Name, ExtensionEvent Event) : SandboxEffect;

    /// <summary>Return the runtime's response to the caller.</summary>
    public sealed record RespondToCaller(string RequestId) : SandboxEffect;

    /// <summary>Tell the caller that the invocation failed before a response.</summary>
    public sealed record FailCaller(string RequestId, string ErrorType, string Message) : SandboxEffect;

    /// <summary>The invocation is over and its report was published.</summary>
    /// <param name="Added">
    /// The time from the runtime's next call to the last extension's. Null if the runtime did not make that call.
    /// </param>
    public sealed record Finish(Invocation Invocation, Outcome Outcome, TimeSpan? Added) : SandboxEffect;

    /// <summary>Post <see cref="SandboxInput.TimerFired"/> after a delay; replaces a timer with the same key.</summary>
    public sealed record SetTimer(string Key, TimeSpan Delay) : SandboxEffect;

    /// <summary>Cancel a timer. Does nothing if there is none with that key.</summary>
    public sealed record CancelTimer(string Key) : SandboxEffect;

    /// <summary>Accept subscriptions for a new Init; its events are replayed to later subscribers.</summary>
    public sealed record OpenSubscriptions : SandboxEffect;

    /// <summary>Reject further subscriptions.</summary>
    public sealed record CloseSubscriptions : SandboxEffect;

    /// <summary>
    /// Send buffered telemetry without waiting for the buffering limits; <see cref="SandboxInput.TelemetryFlushed"/> follows.
    /// </summary>
    public sealed record FlushTelemetry : SandboxEffect;

    /// <summary>Stop all processes and the telemetry feed.</summary>
    public sealed record Freeze : SandboxEffect;

    /// <summary>Continue all processes and the telemetry feed.</summary>
    public sealed record Thaw : SandboxEffect;

    /// <summary>SIGTERM to the runtime's process group.</summary>
    public sealed record TerminateRuntime : SandboxEffect;

    /// <summary>SIGKILL to the runtime's process group.</summary>
    public sealed record KillRuntime : SandboxEffect;

    /// <summary>SIGKILL to the extension's process group.</summary>
    public sealed record KillExtension(string Name) : SandboxEffect;

    /// <summary>All processes of this generation have ended; telemetry waits for the next generation.</summary>
    public sealed record GenerationEnded : SandboxEffect;
}
