namespace LambdaLogs.Extension.Wire;

/// <summary>Lets a thread wait for a signal or a time. An abstraction of the clock for tests.</summary>
internal interface ISignalWait
{
    /// <summary>
    /// Waits until a signal is given or the time is reached. It may return early for no reason: check the condition and wait again.
    /// </summary>
    /// <param name="signal">The signal.</param>
    /// <param name="seen">Its <see cref="ThreadSignal.Count"/> when the condition was checked.</param>
    /// <param name="until">The time, by the monotonic clock. Null: none.</param>
    void Wait(ThreadSignal signal, int seen, long? until);
}
