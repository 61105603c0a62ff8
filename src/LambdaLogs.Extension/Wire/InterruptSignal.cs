namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Ends a wait of another thread. Its descriptor (an eventfd) is made with it, so that a signal needs nothing new: no descriptor, no
/// memory. A signal that comes before the wait is not lost. Thread-safe.
/// </summary>
internal sealed unsafe class InterruptSignal : IDisposable
{
    int _descriptor = LibC.eventfd(0, LibC.EventNonBlocking | LibC.EventCloseOnExec);

    /// <summary>Makes it.</summary>
    /// <exception cref="InvalidOperationException">The process has no descriptor left.</exception>
    public InterruptSignal()
    {
        if (_descriptor < 0)
            throw new InvalidOperationException($"no descriptor for a signal could be made (errno {LibC.LastError})");
    }

    /// <summary>Readable while it is signalled, for <c>poll</c>.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Ends the wait under way, or the next one.</summary>
    public void Signal()
    {
        var one = 1UL;
        _ = LibC.write(_descriptor, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Takes former signals back.</summary>
    public void Clear()
    {
        ulong count;
        _ = LibC.read(_descriptor, (byte*)&count, sizeof(ulong));
    }

    /// <summary>Waits until it is signalled. The signal stays.</summary>
    /// <param name="timeoutMs">Longest wait. Negative: without end.</param>
    /// <returns>Whether it is signalled.</returns>
    public bool Wait(int timeoutMs) => WaitEither(null, timeoutMs);

    /// <summary>Waits until it or another one is signalled. The signals stay.</summary>
    /// <param name="other">The other one. Null: none.</param>
    /// <param name="timeoutMs">Longest wait. Negative: without end.</param>
    /// <returns>Whether one is signalled.</returns>
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
