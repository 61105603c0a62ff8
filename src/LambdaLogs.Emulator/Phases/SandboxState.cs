using System.Collections.Immutable;

namespace LambdaLogs.Emulator.Phases;

/// <summary>The status of the runtime.</summary>
internal enum RuntimeStatus
{
    /// <summary>No process.</summary>
    Absent,

    /// <summary>Started, but has not asked for an event.</summary>
    Starting,

    /// <summary>Waits in <c>/restore/next</c> (SnapStart only).</summary>
    AwaitingRestore,

    /// <summary>Runs its hooks after the restore (SnapStart only).</summary>
    Restoring,

    /// <summary>Waits in <c>/invocation/next</c>.</summary>
    Ready,

    /// <summary>Handles an invocation.</summary>
    Busy,

    /// <summary>Has posted the response or the error of its invocation.</summary>
    Responded,
}

/// <summary>One run of Init.</summary>
/// <param name="Phase"><c>init</c>, or <c>invoke</c> inside an invocation.</param>
internal sealed record InitAttempt(string Phase, Moment Started)
{
    /// <summary>True once the runtime was started.</summary>
    public bool IsRuntimeStarted { get; init; }

    /// <summary>True once <c>platform.initRuntimeDone</c> was published.</summary>
    public bool IsRuntimeDone { get; init; }
}

/// <summary>The complete state of the sandbox. Immutable: <see cref="Reducer"/> creates the next one.</summary>
/// <param name="Rules">The limits.</param>
internal sealed record SandboxState(SandboxRules Rules)
{
    public Phase Phase { get; init; } = Phase.Cold;

    /// <summary>True between SIGSTOP and SIGCONT.</summary>
    public bool IsFrozen { get; init; }

    public ImmutableArray<ExtensionState> Extensions { get; init; } = [];

    public RuntimeStatus Runtime { get; init; }

    /// <summary>The number of the runtime's waiting calls for an invocation. Above one only on Managed Instances.</summary>
    public int RuntimeCalls { get; init; }

    /// <summary>The current or last Init. Null before the first.</summary>
    public InitAttempt? Init { get; init; }

    /// <summary>The duration for the next report. Null once it was reported, and after an Init inside an invocation.</summary>
    public TimeSpan? InitDuration { get; init; }

    /// <summary>True once a snapshot was restored (SnapStart only).</summary>
    public bool IsRestored { get; init; }

    /// <summary>When the last restore started (SnapStart only).</summary>
    public Moment RestoreStarted { get; init; }

    /// <summary>The duration for the next report (SnapStart only). Null once it was reported.</summary>
    public TimeSpan? RestoreDuration { get; init; }

    /// <summary>The current invocation. Null between invocations, and always on Managed Instances.</summary>
    public Invocation? Current { get; init; }

    /// <summary>The running invocations of a Managed Instance, by request ID.</summary>
    public ImmutableDictionary<string, Invocation> Active { get; init; } = ImmutableDictionary<string, Invocation>.Empty;

    /// <summary>Queued invocations, oldest first.</summary>
    public ImmutableQueue<Invocation> Queue { get; init; } = ImmutableQueue<Invocation>.Empty;

    /// <summary>The number of invocations started so far.</summary>
    public int InvocationsStarted { get; init; }

    /// <summary>True once a shutdown was requested; it starts when the sandbox is idle.</summary>
    public bool IsShutdownRequested { get; init; }

    /// <summary>True while a shutdown waits for the runtime to end.</summary>
    public bool IsRuntimeEnding { get; init; }

    /// <summary>True while a reset or shutdown waits for the delivery of buffered telemetry.</summary>
    public bool IsFlushing { get; init; }

    /// <summary>Why the processes end: <c>spindown</c>, <c>timeout</c> or <c>failure</c>.</summary>
    public string EndReason { get; init; } = "spindown";

    /// <summary>When the remaining processes are killed, in <see cref="Phase.Reset"/> and <see cref="Phase.Shutdown"/>.</summary>
    public Moment KillAt { get; init; }

    /// <summary>True if the next invocation does not have to wait for anything.</summary>
    public bool IsIdle => Phase is Phase.Ready or Phase.Down or Phase.Ended or Phase.Cold
        && Queue.IsEmpty && Active.IsEmpty;

    /// <summary>True while any process of the sandbox runs.</summary>
    public bool HasProcesses => Runtime is not RuntimeStatus.Absent || Extensions.Any(e => e.IsAlive);

    /// <summary>The extension with that name. Null if there is none.</summary>
    public ExtensionState? Extension(string name) => Extensions.FirstOrDefault(e => e.Name == name);

    /// <summary>The extension with that identifier. Null if there is none.</summary>
    public ExtensionState? ExtensionById(string id) => Extensions.FirstOrDefault(e => e.Id == id);
}
