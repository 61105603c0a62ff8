namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>
/// The draw of an invocation: a number that comes from its id alone, so that every line of it gets the same one, as do all environments and
/// both attempts of an asynchronous invocation. Pure.
/// </summary>
internal static class InvocationDraw
{
    /// <summary>The number.</summary>
    /// <param name="requestId">The invocation.</param>
    /// <returns>In [0, 1), evenly spread over ids.</returns>
    public static double Of(ReadOnlySpan<byte> requestId) => (Hash(requestId) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number by which an invocation is known again.</summary>
    public static ulong Hash(ReadOnlySpan<byte> requestId)
    {
        // FNV-1a, and the finish of splitmix64: the first alone leaves its high bits uneven for texts that differ in their end.
        var hash = 14695981039346656037UL;
        foreach (var value in requestId)
            hash = (hash ^ value) * 1099511628211UL;

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}
