using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// The processor time of this process as a monotonic clock. It does not advance while the environment is frozen or while other processes
/// have the processor, so that a limit on it is a limit on work.
/// </summary>
internal sealed unsafe class ProcessorClock : TimeProvider
{
    const long NanosecondsPerSecond = 1_000_000_000;

    /// <inheritdoc/>
    public override long TimestampFrequency => NanosecondsPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        // struct timespec: seconds and nanoseconds, on all 64-bit architectures.
        var time = stackalloc long[2];
        _ = LibC.clock_gettime(LibC.ClockProcessorTime, time);
        return (time[0] * NanosecondsPerSecond) + time[1];
    }
}
