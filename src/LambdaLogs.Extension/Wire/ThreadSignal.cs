using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Wakes threads that wait for another thread: a counter of signals, and the kernel's futex. It needs no descriptor, and a signal costs no
/// system call while nobody waits. Unlike <see cref="InterruptSignal"/> it cannot end a wait for a socket. Thread-safe.
/// </summary>
internal sealed unsafe class ThreadSignal
{
    // The kernel needs an address that does not move.
    readonly int* _count = (int*)NativeMemory.AllocZeroed(sizeof(int));
    int _waiters;

    /// <summary>Frees the counter.</summary>
    ~ThreadSignal() => NativeMemory.Free(_count);

    /// <summary>
    /// The number of signals so far. Read it before the condition is checked that is waited for, under the same lock, so that no signal
    /// after the check is missed.
    /// </summary>
    public int Count => Volatile.Read(ref *_count);

    /// <summary>Wakes all threads that wait.</summary>
    public void Signal()
    {
        Interlocked.Increment(ref *_count);
        if (Volatile.Read(ref _waiters) > 0)
            _ = Futex.Signal(_count);
    }

    /// <summary>Waits for a signal. It may return early for no reason.</summary>
    /// <param name="seen">
    /// The value of <see cref="Count"/> when the condition was checked: a signal since then ends the wait at once.
    /// </param>
    /// <param name="timeoutMs">The longest wait. Negative: no limit.</param>
    /// <returns>False: there was no signal, and the time is over.</returns>
    public bool Wait(int seen, int timeoutMs)
    {
        // Counted before the kernel compares the counter: a signal that does not see the waiter has changed the counter already.
        Interlocked.Increment(ref _waiters);
        var inTime = Count != seen || (timeoutMs != 0 && Futex.Wait(_count, seen, timeoutMs));
        Interlocked.Decrement(ref _waiters);
        return inTime || Count != seen;
    }
}
