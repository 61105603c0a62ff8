using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>The processor time that work takes on the thread that does it: what else the machine does is not in it.</summary>
internal static unsafe class ThreadTime
{
    // CLOCK_THREAD_CPUTIME_ID.
    const int Clock = 3;

    /// <summary>Does the work and measures it.</summary>
    public static TimeSpan Of(Action work)
    {
        var start = Now();
        work();
        return Now() - start;
    }

    static TimeSpan Now()
    {
        var time = stackalloc long[2];
        _ = LibC.clock_gettime(Clock, time);
        return TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1] / 1000);
    }
}
