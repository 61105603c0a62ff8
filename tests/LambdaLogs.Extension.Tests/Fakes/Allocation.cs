namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Counts what code allocates on the managed heap.</summary>
/// <remarks>A collection that another thread starts ends this thread's allocation context, and what was left of it (up to 8 KB) is counted as allocated. That happens
/// now and then; what the code allocates itself, it allocates every time. So the least of several runs is what it allocates.</remarks>
static class Allocation
{
    const int Runs = 5;

    /// <param name="action">What is run, up to five times.</param>
    /// <param name="enough">A number of bytes that needs no further run.</param>
    /// <returns>The bytes that the action allocates on this thread, in the run that allocated least.</returns>
    public static long LeastOf(Action action, long enough = 0)
    {
        var least = long.MaxValue;
        for (var run = 0; run < Runs && least > enough; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
