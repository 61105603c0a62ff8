using System.Runtime.InteropServices;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Handling of the signals that end the program.</summary>
internal static partial class Signals
{
    const int Interrupt = 2;
    const int Terminate = 15;

    /// <summary>Resets SIGINT and SIGTERM to their default action if they were inherited as ignored.</summary>
    public static void Restore()
    {
        SetAction(Interrupt, 0);
        SetAction(Terminate, 0);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetAction(int signal, nint action);
}
