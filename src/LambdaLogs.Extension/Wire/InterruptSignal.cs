namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Ends a wait of another thread for a socket. Its descriptor (an eventfd) is created in the constructor, so that signalling needs no
/// descriptor and no memory. A signal before the wait is not lost. Thread-safe.
/// </summary>
internal sealed unsafe class InterruptSignal : IDisposable
{
    int _descriptor = LibC.eventfd(0, LibC.EventNonBlocking | LibC.EventCloseOnExec);
    int _isGiven;

    /// <summary>Creates the signal.</summary>
    /// <exception cref="InvalidOperationException">The process has no descriptor left.</exception>
    public InterruptSignal()
    {
        if (_descriptor < 0)
            throw new InvalidOperationException($"no descriptor for a signal could be made (errno {LibC.LastError})");
    }

    /// <summary>The descriptor for <c>poll</c>: readable while it is signalled.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Ends the current wait, or the next one.</summary>
    public void Signal()
    {
        var one = 1UL;
        _ = LibC.write(_descriptor, (byte*)&one, sizeof(ulong));
        // After the write: a clear that does not see this does not read, and the signal counts as given after it.
        Volatile.Write(ref _isGiven, 1);
    }

    /// <summary>Resets the signal. Costs no system call if it was not given.</summary>
    public void Clear()
    {
        if (Volatile.Read(ref _isGiven) == 0)
            return;

        // Before the read: a signal in between is either read as well, or is noted after it.
        _ = Interlocked.Exchange(ref _isGiven, 0);
        ulong count;
        _ = LibC.read(_descriptor, (byte*)&count, sizeof(ulong));
    }

    /// <summary>Waits until it is signalled. It stays signalled.</summary>
    /// <param name="timeoutMs">The longest wait. Negative: no limit.</param>
    /// <returns>Whether it is signalled.</returns>
    public bool Wait(int timeoutMs)
    {
        var waited = new LibC.PollFd { Descriptor = _descriptor, Events = LibC.PollIn };
        return LibC.poll(&waited, 1, timeoutMs) > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor >= 0)
            _ = LibC.close(_descriptor);
        _descriptor = -1;
    }
}
