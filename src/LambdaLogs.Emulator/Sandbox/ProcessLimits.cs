using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Lambda's limits for a process: 1,024 open files, and 1,024 processes and threads.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"/>. The kernel counts processes per user and
/// does not limit root.
/// </remarks>
internal static unsafe class ProcessLimits
{
    const int Processes = 6, OpenFiles = 7;
    const ulong Maximum = 1_024;

    /// <summary>Sets the limits of a process right after its start.</summary>
    /// <param name="isAlone">True if the user has no other processes in the namespace; otherwise the limit would count those too.</param>
    public static void Set(int pid, bool isAlone)
    {
        var limit = stackalloc ulong[2] { Maximum, Maximum };
        _ = Kernel.Limit(pid, OpenFiles, limit, null);
        if (isAlone)
            _ = Kernel.Limit(pid, Processes, limit, null);
    }
}
