using System.Runtime.InteropServices;
using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The program to start.</summary>
/// <param name="Path">The executable's path; PATH is not searched.</param>
/// <param name="Arguments">The arguments, starting with the program's name.</param>
/// <param name="Environment">The complete environment; nothing is inherited.</param>
/// <param name="Directory">The working directory.</param>
internal sealed record SpawnRequest(
    string Path, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Directory)
{
    /// <summary>The executable's path on the host. Null: the same path.</summary>
    public string? HostFile { get; init; }

    /// <summary>The sandbox's namespaces. Null: the host's.</summary>
    public SandboxNamespaces? Namespaces { get; init; }

    /// <summary>True if a shell runs the program: a fatal signal appears as the shell's exit code 128 + signal.</summary>
    public bool IsShell { get; init; }

    /// <summary>True if the process gets descriptor 3 for framed records; see <see cref="FrameSplitter"/>.</summary>
    public bool HasFrames { get; init; }

    /// <summary>A descriptor of the emulator that the process gets as descriptor 3. Null for none.</summary>
    public int? ThirdFd { get; init; }

    /// <summary>The QEMU program that <see cref="ForeignArchitecture"/> added. Null for none.</summary>
    public string? Interpreter { get; init; }
}

/// <summary>Starts a process directly in its own process group.</summary>
internal static unsafe class Spawner
{
    const int CloseOnExec = 0x80000;
    const int TextFileBusy = 26;

    static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(2), BusyWait = TimeSpan.FromMilliseconds(1);

    const short SetGroup = 2, SetSignalDefaults = 4, SetSignalMask = 8;

    /// <summary>Starts the process with empty input and one pipe for both outputs, so that lines keep their order.</summary>
    /// <param name="error">The <c>errno</c> of a failed start, otherwise zero.</param>
    /// <returns>The process id, or zero.</returns>
    /// <param name="request">The program to start.</param>
    /// <param name="outputFd">The read end of the pipe. The caller closes it.</param>
    public static int Start(SpawnRequest request, out int outputFd, out int error)
    {
        var pipe = stackalloc int[2];
        OwnFileDescriptors.SetCloseOnExec();
        if (Posix.Pipe2(pipe, CloseOnExec) != 0)
            throw new IOException($"pipe2 failed with errno {Marshal.GetLastPInvokeError()}.");

        var pid = 0;
        var arguments = Strings(request.Arguments);
        var environment = Strings([.. request.Environment.Select(e => $"{e.Key}={e.Value}")]);
        try
        {
            error = Start(request, pipe[1], (byte**)arguments, (byte**)environment, &pid);
        }
        finally
        {
            Posix.Close(pipe[1]);
            Free(arguments);
            Free(environment);
        }

        outputFd = pipe[0];
        if (error == 0)
        {
            ProcessLimits.Set(pid, request.Namespaces is not null);
            return pid;
        }

        Posix.Close(pipe[0]);
        return 0;
    }

    static int Start(SpawnRequest request, int output, byte** arguments, byte** environment, int* pid)
    {
        var actions = stackalloc byte[Posix.SpawnStructBytes];
        var attributes = stackalloc byte[Posix.SpawnStructBytes];
        Posix.ActionsInit(actions);
        Posix.AttributesInit(attributes);
        try
        {
            Posix.ActionsOpen(actions, 0, "/dev/null", 0, 0);
            Posix.ActionsDup2(actions, output, 1);
            Posix.ActionsDup2(actions, output, 2);
            if (request.ThirdFd is { } third)
                Posix.ActionsDup2(actions, third, 3);
            Posix.ActionsChdir(actions, request.Directory);
            Posix.AttributesFlags(attributes, SetGroup | SetSignalDefaults | SetSignalMask);
            Posix.AttributesGroup(attributes, 0);
            ResetSignals(attributes);
            return request.Namespaces is null
                ? Spawn()
                : request.Namespaces.RunInside(Spawn);
        }
        finally
        {
            Posix.ActionsDestroy(actions);
            Posix.AttributesDestroy(attributes);
        }

        // ETXTBSY: a file that this process has just written stays busy for a moment if another thread forks in between, because the child
        // holds a copy of the descriptor until it calls exec.
        int Spawn()
        {
            for (var waited = TimeSpan.Zero; ; waited += BusyWait)
            {
                var error = Posix.Spawn(pid, request.Path, actions, attributes, arguments, environment);
                if (error != TextFileBusy || waited >= BusyLimit)
                    return error;

                Thread.Sleep(BusyWait);
            }
        }
    }

    /// <summary>.NET ignores SIGPIPE and other signals; a child process must start with the default actions.</summary>
    static void ResetSignals(byte* attributes)
    {
        var set = stackalloc byte[Posix.SpawnStructBytes];
        Posix.EmptySet(set);
        Posix.AttributesMask(attributes, set);
        for (var signal = 1; signal <= 31; signal++)
        {
            if (signal is not (Posix.SigKill or Posix.SigStop))
                Posix.AddToSet(set, signal);
        }

        Posix.AttributesDefaults(attributes, set);
    }

    static nint Strings(IReadOnlyList<string> values)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)values.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < values.Count; i++)
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(values[i]);
        return (nint)array;
    }

    static void Free(nint strings)
    {
        for (var item = (byte**)strings; *item is not null; item++)
            Marshal.FreeCoTaskMem((nint)(*item));
        NativeMemory.Free((void*)strings);
    }
}
