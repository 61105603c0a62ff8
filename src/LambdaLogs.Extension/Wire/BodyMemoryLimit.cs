namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Limits the memory for the bodies of all connections. Half of it is reserved for trusted peers, so that unknown ones cannot exhaust it.
/// For one thread.
/// </summary>
/// <param name="bytesMax">The total limit in bytes.</param>
internal sealed class BodyMemoryLimit(long bytesMax)
{
    /// <summary>Bytes in use.</summary>
    public long Bytes { get; private set; }

    /// <summary>Requests more bytes.</summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <param name="isTrusted">Whether the reserved half may be used.</param>
    /// <returns>False if there is not enough left.</returns>
    public bool TryReserve(long bytes, bool isTrusted)
    {
        if (Bytes + bytes > (isTrusted ? bytesMax : bytesMax / 2))
            return false;

        Bytes += bytes;
        return true;
    }

    /// <summary>Returns bytes.</summary>
    public void Release(long bytes) => Bytes -= bytes;
}
