namespace LambdaLogs.Extension.Wire;

/// <summary>Lets a thread wait for a signal or for a time. The seam to the clock, which tests move by hand.</summary>
internal interface ISignalWait
{
    /// <summary>Waits until a signal is given or a time is reached. It may end early for no reason: look, and wait again.</summary>
    /// <param name="signal">The signal; it stays signalled.</param>
    /// <param name="until">The time, by the monotonic clock. Null: none.</param>
    void Wait(InterruptSignal signal, long? until);
}
