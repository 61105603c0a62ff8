namespace LambdaLogs.Extension.Wire;

/// <summary>
/// What the bodies of all connections may take together. Half of it is for whoever has proved to be of use, so that others cannot use up
/// everything. One thread.
/// </summary>
/// <param name="bytesMax">All of it.</param>
internal sealed class BodyBound(long bytesMax)
{
    /// <summary>Bytes that are in use.</summary>
    public long Bytes { get; private set; }

    /// <summary>Asks for more.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="isTrusted">Whether it may be of the half that is not for everybody.</param>
    /// <returns>False where there is no room.</returns>
    public bool TryTake(long bytes, bool isTrusted)
    {
        if (Bytes + bytes > (isTrusted ? bytesMax : bytesMax / 2))
            return false;

        Bytes += bytes;
        return true;
    }

    /// <summary>Gives back.</summary>
    public void Return(long bytes) => Bytes -= bytes;
}
