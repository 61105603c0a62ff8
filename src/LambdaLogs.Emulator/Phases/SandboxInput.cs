using System.Collections.Immutable;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Something that happened to the sandbox. A closed union.</summary>
internal abstract record SandboxInput
{
    /// <summary>Init is to begin ahead of any invocation.</summary>
    public sealed record InitRequested : SandboxInput;

    /// <summary>A caller waits for a response.</summary>
    /// <param name="Qualifier">The version or alias that was called. Null for none.</param>
    /// <param name="TenantId">The tenant that it is for. Null for none.</param>
    public sealed record InvokeRequested(string RequestId, string? TraceId, string? Qualifier = null, string? TenantId = null)
        : SandboxInput;

    /// <summary>The sandbox is to end once it has nothing to do.</summary>
    public sealed record ShutdownRequested : SandboxInput;

    /// <summary>All extension files were started.</summary>
    public sealed record Launched(ImmutableArray<string> Names) : SandboxInput;

    /// <summary>An extension file could not be started; those before it run.</summary>
    /// <param name="ErrorType"><c>PermissionDenied</c> or <c>UnknownError</c>.</param>
    /// <param name="Message">Such as <c>fork/exec /opt/extensions/x: exec format error</c>.</param>
    public sealed record LaunchFailed(ImmutableArray<string> Started, string Name, string ErrorType, string Message) : SandboxInput;

    /// <summary>The runtime could not be started.</summary>
    public sealed record RuntimeLaunchFailed(string Message) : SandboxInput;

    /// <summary>An extension registered. Checked by <see cref="Admission"/> before.</summary>
    public sealed record Registered(string Name, string Id, ImmutableArray<string> Events) : SandboxInput;

    /// <summary>An extension asked for its next event.</summary>
    public sealed record NextAsked(string Name) : SandboxInput;

    /// <summary>An extension gave its call for the next event up.</summary>
    public sealed record NextLeft(string Name) : SandboxInput;

    /// <summary>An extension reported an error of its own.</summary>
    /// <param name="IsInit">True for <c>init/error</c>, false for <c>exit/error</c>.</param>
    public sealed record ErrorReported(string Name, bool IsInit, string ErrorType) : SandboxInput;

    /// <summary>The runtime asked for the next invocation.</summary>
    public sealed record RuntimeNextAsked : SandboxInput;

    /// <summary>The runtime gave its call for the next invocation up.</summary>
    public sealed record RuntimeNextLeft : SandboxInput;

    /// <summary>The runtime posted a response or a handler's error.</summary>
    /// <param name="Began">When its first byte came.</param>
    public sealed record RuntimeResponded(string RequestId, Moment Began, long Bytes) : SandboxInput;

    /// <summary>The runtime reported that it cannot start.</summary>
    public sealed record RuntimeInitFailed(string ErrorType, string Message) : SandboxInput;

    /// <summary>The runtime's process ended.</summary>
    public sealed record RuntimeExited(ExitStatus Status) : SandboxInput;

    /// <summary>An extension's process ended.</summary>
    public sealed record ExtensionExited(string Name, ExitStatus Status) : SandboxInput;

    /// <summary>All telemetry that waited was delivered, or given up.</summary>
    public sealed record TelemetryFlushed : SandboxInput;

    /// <summary>A timer set by <see cref="SandboxEffect.SetTimer"/> ran out.</summary>
    public sealed record TimerFired(string Key) : SandboxInput;
}
