namespace LambdaLogs.Extension.Processing;

/// <summary>A keyed hash: HMAC-SHA-256.</summary>
/// <param name="key">The key.</param>
/// <param name="bytes">The data to hash.</param>
/// <returns>32 bytes.</returns>
internal delegate byte[] KeyedHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes);

/// <summary>The services that rules use.</summary>
/// <param name="Counts">Counts what they do.</param>
/// <param name="Time">The monotonic clock.</param>
/// <param name="NewSalt">Returns a random text. Called once, and only if values are hashed without a configured salt.</param>
/// <param name="Hash">Hashes redacted values.</param>
internal sealed record RuleServices(IRuleCounts Counts, TimeProvider Time, Func<string> NewSalt, KeyedHash Hash)
{
    /// <summary>The clock that limits the work on a body: processor time in the released build. Default: <see cref="Time"/>.</summary>
    public TimeProvider WorkTime { get; init; } = Time;
}
