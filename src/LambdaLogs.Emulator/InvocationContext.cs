using System.Text;

namespace LambdaLogs.Emulator;

/// <summary>The context of an in-process handler. Thread-safe.</summary>
public sealed class InvocationContext
{
    readonly Action<ReadOnlyMemory<byte>> _write;

    /// <param name="write">Receives a line with its line feed.</param>
    internal InvocationContext(Action<ReadOnlyMemory<byte>> write) => _write = write;

    public required string RequestId { get; init; }

    /// <summary>The tenant ID. Null without tenant isolation.</summary>
    public string? TenantId { get; init; }

    /// <summary>The event's bytes.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>When the invocation times out (wall clock).</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The number of the invocation in the sandbox, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Cancelled when the runtime is killed.</summary>
    public required CancellationToken Cancel { get; init; }

    /// <summary>Writes a line to the function's output. A line feed is appended.</summary>
    public void Log(string line) => _write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Ends the function's process with an exit code. Never returns.</summary>
    public static void Crash(int exitCode) => throw new FunctionCrash(new Phases.ExitStatus(exitCode));

    /// <summary>Ends the function's process like the kernel's out-of-memory killer. Never returns.</summary>
    public static void OutOfMemory() => throw new FunctionCrash(new Phases.ExitStatus(137, 9, OutOfMemory: true));
}

/// <summary>Thrown to end the simulated process of an in-process handler. Caught by the runtime's loop.</summary>
internal sealed class FunctionCrash(Phases.ExitStatus status) : Exception("The function's process ends.")
{
    public Phases.ExitStatus Status { get; } = status;
}
