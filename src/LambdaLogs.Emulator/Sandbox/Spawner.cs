using System.Runtime.InteropServices;
using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>What to start.</summary>
/// <param name="Path">The executable; not searched for.</param>
/// <param name="Arguments">With the program's own name first.</param>
/// <param name="Environment">Everything the process sees; nothing is inherited.</param>
/// <param name="Directory">Where it starts.</param>
internal sealed record SpawnRequest(
    string Path, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Directory)
{
    /// <summary>The executable as this machine sees it. Null: at the same path.</summary>
    public string? HostFile { get; init; }

    /// <summary>Where it runs. Null: beside the emulator.</summary>
    public Enclosure? Enclosure { get; init; }

    /// <summary>True where a shell runs the program: a signal that ends that is the shell's exit code 128 + signal.</summary>
    public bool IsShell { get; init; }

    /// <summary>True where the process gets a descriptor 3 for framed records; see <see cref="FrameSplitter"/>.</summary>
    public bool HasFrames { get; init; }

    /// <summary>A descriptor of ours that the process gets as its number 3. Null for none.</summary>
    public int? ThirdFd { get; init; }

    /// <summary>The program that <see cref="ForeignArchitecture"/> put before it. Null for none.</summary>
    public string? Interpreter { get; init; }
}

/// <summary>Starts a process in a process group of its own, without a moment in which it is in ours.</summary>
internal static unsafe class Spawner
{
    const int CloseOnExec = 0x80000;
    const int TextFileBusy = 26;

    static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(2), BusyWait = TimeSpan.FromMilliseconds(1);

    const short SetGroup = 2, SetSignalDefaults = 4, SetSignalMask = 8;

    /// <summary>Starts it with nothing to read and both outputs in one pipe, so that lines keep their order.</summary>
    /// <param name="error">The <c>errno</c> of the start, zero where it worked.</param>
    /// <returns>The process, or zero.</returns>
    /// <param name="request">What to start.</param>
    /// <param name="outputFd">The pipe's end to read from. The caller closes it.</param>
    public static int Start(SpawnRequest request, out int outputFd, out int error)
    {
        var pipe = stackalloc int[2];
        Descriptors.Keep();
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
            ProcessLimits.Set(pid, request.Enclosure is not null);
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
            return request.Enclosure is null
                ? Spawn()
                : request.Enclosure.Run(Spawn);
        }
        finally
        {
            Posix.ActionsDestroy(actions);
            Posix.AttributesDestroy(attributes);
        }

        // A file that this process has just written is busy while another thread starts a child, which has a copy of the descriptor until
        // it executes its program: moments.
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

    /// <summary>.NET ignores SIGPIPE and others; a child must find every signal as a fresh process does.</summary>
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
