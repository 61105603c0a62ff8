using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire;

/// <summary>The system call <c>futex</c>, which the C library has no function for. For threads of this process.</summary>
internal static unsafe class Futex
{
    const nint WaitPrivate = 128;
    const nint SignalPrivate = 129;

    // The only numbers here that differ between the architectures.
    static readonly nint Number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    struct Time
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }

    /// <summary>Sleeps while the word has this value, until it is woken, for no reason, or until the time is over.</summary>
    /// <param name="word">The word.</param>
    /// <param name="value">The value. If the word has another, the call returns at once.</param>
    /// <param name="timeoutMs">The longest sleep. Negative: no limit.</param>
    /// <returns>False: the time is over.</returns>
    internal static bool Wait(int* word, int value, int timeoutMs)
    {
        var time = new Time { Seconds = timeoutMs / 1000, Nanoseconds = timeoutMs % 1000 * 1_000_000 };
        var result = syscall(Number, word, WaitPrivate, value, timeoutMs < 0 ? null : &time);
        return result == 0 || LibC.LastError != SocketCalls.ErrorTimedOut;
    }

    /// <summary>Wakes all threads that sleep at this word.</summary>
    internal static nint Signal(int* word) => syscall(Number, word, SignalPrivate, int.MaxValue, null);

    [DllImport("libc", SetLastError = true)]
    static extern nint syscall(nint number, int* word, nint operation, nint value, Time* timeout);
}
