using System.Collections.Immutable;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Where the runtime is.</summary>
internal enum RuntimeStatus
{
    /// <summary>No process.</summary>
    Absent,

    /// <summary>Started, has not asked for an event yet.</summary>
    Starting,

    /// <summary>Waits in <c>/invocation/next</c>.</summary>
    Ready,

    /// <summary>Works on an invocation.</summary>
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

    /// <summary>True once <c>platform.initRuntimeDone</c> was said.</summary>
    public bool IsRuntimeDone { get; init; }
}

/// <summary>Everything the sandbox's next step depends on. Immutable: <see cref="Reducer"/> makes the next one.</summary>
/// <param name="Rules">The limits.</param>
internal sealed record SandboxState(SandboxRules Rules)
{
    public Phase Phase { get; init; } = Phase.Cold;

    /// <summary>True between SIGSTOP and SIGCONT.</summary>
    public bool IsFrozen { get; init; }

    public ImmutableArray<ExtensionState> Extensions { get; init; } = [];

    public RuntimeStatus Runtime { get; init; }

    /// <summary>How many of the runtime's calls wait for an invocation. More than one only on Managed Instances.</summary>
    public int RuntimeCalls { get; init; }

    /// <summary>The current or last Init. Null before the first.</summary>
    public InitAttempt? Init { get; init; }

    /// <summary>For the next report. Null once it was told, and after an Init inside an invocation.</summary>
    public TimeSpan? InitDuration { get; init; }

    /// <summary>True once a snapshot was restored; only with SnapStart.</summary>
    public bool IsRestored { get; init; }

    /// <summary>For the next report, with SnapStart. Null once it was told.</summary>
    public TimeSpan? RestoreDuration { get; init; }

    /// <summary>The invocation that has the environment. Null in between, and always on Managed Instances.</summary>
    public Invocation? Current { get; init; }

    /// <summary>What runs on a Managed Instance, by request id.</summary>
    public ImmutableDictionary<string, Invocation> Active { get; init; } = ImmutableDictionary<string, Invocation>.Empty;

    /// <summary>Invocations that wait for the environment, oldest first.</summary>
    public ImmutableQueue<Invocation> Queue { get; init; } = ImmutableQueue<Invocation>.Empty;

    /// <summary>How many invocations were taken up.</summary>
    public int Taken { get; init; }

    /// <summary>True once a shutdown was asked for; it happens when nothing is left to do.</summary>
    public bool IsShutdownAsked { get; init; }

    /// <summary>True while a shutdown still waits for the runtime to end.</summary>
    public bool IsRuntimeEnding { get; init; }

    /// <summary>True while an end waits for the delivery of the telemetry that was buffered.</summary>
    public bool IsFlushing { get; init; }

    /// <summary>Why the processes end: <c>spindown</c>, <c>timeout</c> or <c>failure</c>.</summary>
    public string EndReason { get; init; } = "spindown";

    /// <summary>When SIGKILL comes, in <see cref="Phase.Reset"/> and <see cref="Phase.Shutdown"/>.</summary>
    public Moment KillAt { get; init; }

    /// <summary>True where there is nothing to wait for before the next invocation.</summary>
    public bool IsIdle => Phase is Phase.Ready or Phase.Down or Phase.Ended or Phase.Cold
        && Queue.IsEmpty && Active.IsEmpty;

    /// <summary>True while any process of the sandbox lives.</summary>
    public bool HasProcesses => Runtime is not RuntimeStatus.Absent || Extensions.Any(e => e.IsAlive);

    /// <summary>The extension of that name, or null.</summary>
    public ExtensionState? Extension(string name) => Extensions.FirstOrDefault(e => e.Name == name);

    /// <summary>The extension with that identifier, or null.</summary>
    public ExtensionState? ExtensionById(string id) => Extensions.FirstOrDefault(e => e.Id == id);
}
