namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>
/// A number derived from the request id alone, so that it is the same for every line of an invocation, in all environments and in both
/// attempts of an asynchronous invocation. Pure.
/// </summary>
internal static class InvocationHash
{
    /// <summary>Returns the number.</summary>
    /// <param name="requestId">The request id.</param>
    /// <returns>In [0, 1), uniformly distributed.</returns>
    public static double Unit(ReadOnlySpan<byte> requestId) => (Hash(requestId) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A hash that identifies an invocation.</summary>
    public static ulong Hash(ReadOnlySpan<byte> requestId)
    {
        // FNV-1a with the finalizer of splitmix64: FNV-1a alone has uneven high bits for texts that differ at the end.
        var hash = 14695981039346656037UL;
        foreach (var value in requestId)
            hash = (hash ^ value) * 1099511628211UL;

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}
