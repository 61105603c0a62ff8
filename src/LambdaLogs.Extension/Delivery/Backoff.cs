namespace LambdaLogs.Extension.Delivery;

/// <summary>The wait before a batch is retried.</summary>
internal static class Backoff
{
    /// <summary>
    /// Exponential with full jitter: anything between zero and a bound that doubles with each attempt. Full jitter spreads the many
    /// sandboxes of one function best when an endpoint comes back.
    /// </summary>
    /// <param name="attempt">1 for the wait after the first attempt. Must be positive.</param>
    /// <param name="options">Bounds of the wait.</param>
    /// <param name="unit">A random number in [0, 1).</param>
    /// <returns>Between zero and <see cref="RetryOptions.MaxDelay"/>.</returns>
    public static TimeSpan Delay(int attempt, RetryOptions options, double unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempt);

        // In floating point, so that no attempt and no first delay can overflow; MaxDelay is reached long before 2^20.
        var ceiling = Math.Min(options.FirstDelay.Ticks * Math.Pow(2, Math.Min(attempt - 1, 20)), options.MaxDelay.Ticks);
        return TimeSpan.FromTicks((long)(ceiling * unit));
    }
}
