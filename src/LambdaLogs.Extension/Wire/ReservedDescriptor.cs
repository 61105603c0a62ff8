namespace LambdaLogs.Extension.Wire;

/// <summary>
/// A file descriptor that is held in reserve: when the environment has none left, releasing it makes room for another one. For one thread.
/// </summary>
internal sealed class ReservedDescriptor : IDisposable
{
    int _descriptor = Open();

    /// <summary>Whether it is in reserve.</summary>
    public bool IsHeld => _descriptor >= 0;

    /// <summary>Gives it up, so that another descriptor can be opened.</summary>
    /// <returns>False if it was not in reserve.</returns>
    public bool Release()
    {
        if (!IsHeld)
            return false;

        _ = LibC.close(_descriptor);
        _descriptor = -1;
        return true;
    }

    /// <summary>Takes one in reserve again, if the environment has one.</summary>
    public void Renew()
    {
        if (!IsHeld)
            _descriptor = Open();
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    // The cheapest descriptor there is.
    static int Open() => LibC.eventfd(0, LibC.EventNonBlocking | LibC.EventCloseOnExec);
}
