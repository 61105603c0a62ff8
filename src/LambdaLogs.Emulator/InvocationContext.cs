using System.Text;

namespace LambdaLogs.Emulator;

/// <summary>What a handler in the emulator's own process gets. Its members may be called from any thread.</summary>
public sealed class InvocationContext
{
    readonly Action<ReadOnlyMemory<byte>> _write;

    /// <param name="write">Takes a line with its line feed.</param>
    internal InvocationContext(Action<ReadOnlyMemory<byte>> write) => _write = write;

    public required string RequestId { get; init; }

    /// <summary>The tenant that it is for, with tenant isolation. Null for none.</summary>
    public string? TenantId { get; init; }

    /// <summary>The event's bytes.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>When the invocation runs out of time; wall clock.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>1 for the first invocation of the sandbox.</summary>
    public required int Number { get; init; }

    /// <summary>Given when the runtime is killed.</summary>
    public required CancellationToken Cancel { get; init; }

    /// <summary>Writes a line to the function's output; a line feed is added.</summary>
    public void Log(string line) => _write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Ends the function's process with that code. Never returns.</summary>
    public static void Crash(int exitCode) => throw new FunctionCrash(new Phases.ExitStatus(exitCode));

    /// <summary>Ends the function's process as the kernel does when there is no memory left. Never returns.</summary>
    public static void OutOfMemory() => throw new FunctionCrash(new Phases.ExitStatus(137, 9, OutOfMemory: true));
}

/// <summary>A handler in the emulator's process wants its process to end. Never leaves the runtime's loop.</summary>
internal sealed class FunctionCrash(Phases.ExitStatus status) : Exception("The function's process ends.")
{
    public Phases.ExitStatus Status { get; } = status;
}
