using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Lambda's limits of a process: 1,024 open files, and 1,024 processes and threads.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"/>. The kernel counts processes for each
/// user, and does not count those of root.
/// </remarks>
internal static unsafe class ProcessLimits
{
    const int Processes = 6, OpenFiles = 7;
    const ulong Most = 1_024;

    /// <summary>Sets them for a process that was just started, before it can have read them.</summary>
    /// <param name="isAlone">True where the user has no other processes in its namespace; else the limit would count those too.</param>
    public static void Set(int pid, bool isAlone)
    {
        var limit = stackalloc ulong[2] { Most, Most };
        _ = Kernel.Limit(pid, OpenFiles, limit, null);
        if (isAlone)
            _ = Kernel.Limit(pid, Processes, limit, null);
    }
}
