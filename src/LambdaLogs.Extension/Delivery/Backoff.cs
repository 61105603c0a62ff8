namespace LambdaLogs.Extension.Delivery;

/// <summary>Computes the wait before a batch is retried.</summary>
internal static class Backoff
{
    /// <summary>
    /// Exponential backoff with full jitter: between zero and a bound that doubles with each attempt. Full jitter spreads the requests of
    /// many environments when an endpoint recovers.
    /// </summary>
    /// <param name="attempt">1 for the wait after the first attempt. Must be positive.</param>
    /// <param name="options">The limits.</param>
    /// <param name="unit">A random number in [0, 1).</param>
    /// <returns>Between zero and <see cref="RetryOptions.MaxDelay"/>.</returns>
    public static TimeSpan Delay(int attempt, RetryOptions options, double unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempt);

        // Floating point, so that nothing overflows; MaxDelay is reached long before 2^20.
        var ceiling = Math.Min(options.FirstDelay.Ticks * Math.Pow(2, Math.Min(attempt - 1, 20)), options.MaxDelay.Ticks);
        return TimeSpan.FromTicks((long)(ceiling * unit));
    }
}
