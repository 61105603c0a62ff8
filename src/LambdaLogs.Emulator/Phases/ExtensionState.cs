using System.Collections.Immutable;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Where an extension is. The names appear in <c>platform.extension</c> and in error messages.</summary>
internal enum ExtensionStatus
{
    /// <summary>The process runs, nothing was heard of it.</summary>
    Started,

    /// <summary>Registered, has not asked for an event yet.</summary>
    Registered,

    /// <summary>Waits in <c>/event/next</c>.</summary>
    Ready,

    /// <summary>Works on the event it was given.</summary>
    Running,

    /// <summary>Reported an error of its init.</summary>
    InitError,

    /// <summary>Reported an error.</summary>
    ExitError,

    /// <summary>The process has ended.</summary>
    Exited,
}

/// <summary>An extension of the current generation of processes.</summary>
/// <param name="Name">The file name; for an internal extension, the name it gave.</param>
internal sealed record ExtensionState(string Name)
{
    /// <summary>True where no file of that name was started: it lives in the runtime's process.</summary>
    public bool IsInternal { get; init; }

    public ExtensionStatus Status { get; init; } = ExtensionStatus.Started;

    /// <summary>The identifier given at registration. Null before.</summary>
    public string? Id { get; init; }

    /// <summary>The events it registered for.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>An event that it gets at its next call. Null where there is none.</summary>
    public ExtensionEvent? Pending { get; init; }

    /// <summary>True while there is a process to wait for.</summary>
    public bool IsAlive => !IsInternal && Status is not ExtensionStatus.Exited;

    public bool WantsInvoke => Events.Contains("INVOKE");

    public bool WantsShutdown => Events.Contains("SHUTDOWN");

    /// <summary>True where it has asked for an event and none waits for it.</summary>
    public bool IsDone => Status is ExtensionStatus.Ready && Pending is null;
}
