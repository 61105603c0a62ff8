using System.Collections.Immutable;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>The status of an extension. The names appear in <c>platform.extension</c> and in error messages.</summary>
internal enum ExtensionStatus
{
    /// <summary>The process runs but has not registered.</summary>
    Started,

    /// <summary>Registered, but has not asked for an event.</summary>
    Registered,

    /// <summary>Waits in <c>/event/next</c>.</summary>
    Ready,

    /// <summary>Handles an event.</summary>
    Running,

    /// <summary>Reported an init error.</summary>
    InitError,

    /// <summary>Reported an exit error.</summary>
    ExitError,

    /// <summary>The process has ended.</summary>
    Exited,
}

/// <summary>An extension of the current process generation.</summary>
/// <param name="Name">The file name, or for an internal extension the name that it registered with.</param>
internal sealed record ExtensionState(string Name)
{
    /// <summary>True for an internal extension, which runs in the runtime's process.</summary>
    public bool IsInternal { get; init; }

    public ExtensionStatus Status { get; init; } = ExtensionStatus.Started;

    /// <summary>The identifier given at registration. Null before.</summary>
    public string? Id { get; init; }

    /// <summary>The events that it registered for.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>The event that its next call returns. Null if there is none.</summary>
    public ExtensionEvent? Pending { get; init; }

    /// <summary>True while its process runs.</summary>
    public bool IsAlive => !IsInternal && Status is not ExtensionStatus.Exited;

    public bool WantsInvoke => Events.Contains("INVOKE");

    public bool WantsShutdown => Events.Contains("SHUTDOWN");

    /// <summary>True if it waits for an event and none is pending.</summary>
    public bool IsDone => Status is ExtensionStatus.Ready && Pending is null;
}
