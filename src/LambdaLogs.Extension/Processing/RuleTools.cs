namespace LambdaLogs.Extension.Processing;

/// <summary>A hash that only who has the key can make: HMAC-SHA-256.</summary>
/// <param name="key">The key.</param>
/// <param name="bytes">What is hashed.</param>
/// <returns>32 bytes.</returns>
internal delegate byte[] KeyedHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes);

/// <summary>What rules need from outside.</summary>
/// <param name="Counts">Learns what they do.</param>
/// <param name="Time">The monotonic clock.</param>
/// <param name="NewSalt">A random text, asked for once, and only where values are hashed without a salt of the user's.</param>
/// <param name="Hash">Hashes values that are hidden.</param>
internal sealed record RuleTools(IRuleCounts Counts, TimeProvider Time, Func<string> NewSalt, KeyedHash Hash)
{
    /// <summary>The clock that bounds the work on a body: processor time in what ships. Default: <see cref="Time"/>.</summary>
    public TimeProvider WorkTime { get; init; } = Time;
}
