namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Ends a wait of another thread. Its descriptor (an eventfd) is created in the constructor, so that signalling needs no descriptor and no
/// memory. A signal before the wait is not lost. Thread-safe.
/// </summary>
internal sealed unsafe class InterruptSignal : IDisposable
{
    int _descriptor = LibC.eventfd(0, LibC.EventNonBlocking | LibC.EventCloseOnExec);

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
    }

    /// <summary>Resets the signal.</summary>
    public void Clear()
    {
        ulong count;
        _ = LibC.read(_descriptor, (byte*)&count, sizeof(ulong));
    }

    /// <summary>Waits until it is signalled. It stays signalled.</summary>
    /// <param name="timeoutMs">The longest wait. Negative: no limit.</param>
    /// <returns>Whether it is signalled.</returns>
    public bool Wait(int timeoutMs) => WaitEither(null, timeoutMs);

    /// <summary>Waits until this or another signal is given. Both stay signalled.</summary>
    /// <param name="other">The other signal. Null: none.</param>
    /// <param name="timeoutMs">The longest wait. Negative: no limit.</param>
    /// <returns>Whether one of them is signalled.</returns>
    public bool WaitEither(InterruptSignal? other, int timeoutMs)
    {
        var waited = stackalloc LibC.PollFd[2];
        waited[0] = new LibC.PollFd { Descriptor = _descriptor, Events = LibC.PollIn };
        waited[1] = new LibC.PollFd { Descriptor = other?._descriptor ?? -1, Events = LibC.PollIn };
        return LibC.poll(waited, 2, timeoutMs) > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor >= 0)
            _ = LibC.close(_descriptor);
        _descriptor = -1;
    }
}
