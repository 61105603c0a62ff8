using System.Collections.Immutable;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Something that happened to the sandbox. A closed union.</summary>
internal abstract record SandboxInput
{
    /// <summary>Init is requested ahead of any invocation.</summary>
    public sealed record InitRequested : SandboxInput;

    /// <summary>A caller invokes the function.</summary>
    /// <param name="Qualifier">The version or alias in the request. Null for none.</param>
    /// <param name="TenantId">The tenant ID. Null for none.</param>
    public sealed record InvokeRequested(string RequestId, string? TraceId, string? Qualifier = null, string? TenantId = null)
        : SandboxInput;

    /// <summary>The sandbox has to end once it is idle.</summary>
    public sealed record ShutdownRequested : SandboxInput;

    /// <summary>All extension files were started.</summary>
    public sealed record Launched(ImmutableArray<string> Names) : SandboxInput;

    /// <summary>An extension file could not be started; those before it are running.</summary>
    /// <param name="ErrorType"><c>PermissionDenied</c> or <c>UnknownError</c>.</param>
    /// <param name="Message">Such as <c>fork/exec /opt/extensions/x: exec format error</c>.</param>
    public sealed record LaunchFailed(ImmutableArray<string> Started, string Name, string ErrorType, string Message) : SandboxInput;

    /// <summary>The runtime could not be started.</summary>
    public sealed record RuntimeLaunchFailed(string Message) : SandboxInput;

    /// <summary>An extension registered. <see cref="Admission"/> has checked the call.</summary>
    public sealed record Registered(string Name, string Id, ImmutableArray<string> Events) : SandboxInput;

    /// <summary>An extension asked for its next event.</summary>
    public sealed record NextAsked(string Name) : SandboxInput;

    /// <summary>An extension cancelled its call for the next event.</summary>
    public sealed record NextLeft(string Name) : SandboxInput;

    /// <summary>An extension reported an error.</summary>
    /// <param name="IsInit">True for <c>init/error</c>, false for <c>exit/error</c>.</param>
    public sealed record ErrorReported(string Name, bool IsInit, string ErrorType) : SandboxInput;

    /// <summary>The runtime asked for the next invocation.</summary>
    public sealed record RuntimeNextAsked : SandboxInput;

    /// <summary>The runtime asked to wait for the restore of its snapshot (SnapStart only).</summary>
    public sealed record RestoreNextAsked : SandboxInput;

    /// <summary>The runtime reported that a hook failed after the restore.</summary>
    public sealed record RestoreFailed(string ErrorType, string Message) : SandboxInput;

    /// <summary>The runtime cancelled its call for the next invocation.</summary>
    public sealed record RuntimeNextLeft : SandboxInput;

    /// <summary>The runtime posted a response or a handler error.</summary>
    /// <param name="Began">When the first byte of the response arrived.</param>
    public sealed record RuntimeResponded(string RequestId, Moment Began, long Bytes) : SandboxInput;

    /// <summary>The runtime reported an init error.</summary>
    public sealed record RuntimeInitFailed(string ErrorType, string Message) : SandboxInput;

    /// <summary>The runtime's process ended.</summary>
    public sealed record RuntimeExited(ExitStatus Status) : SandboxInput;

    /// <summary>An extension's process ended.</summary>
    public sealed record ExtensionExited(string Name, ExitStatus Status) : SandboxInput;

    /// <summary>All buffered telemetry was delivered or dropped.</summary>
    public sealed record TelemetryFlushed : SandboxInput;

    /// <summary>A timer set by <see cref="SandboxEffect.SetTimer"/> expired.</summary>
    public sealed record TimerFired(string Key) : SandboxInput;
}
