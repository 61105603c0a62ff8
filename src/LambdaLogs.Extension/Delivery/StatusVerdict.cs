namespace LambdaLogs.Extension.Delivery;

/// <summary>Decides what a status means for its batch.</summary>
internal static class StatusVerdict
{
    /// <summary>
    /// 2xx means delivered, whatever the options say. A retry status of the options is retried. Of the others, 413 is too large, 401 and
    /// 403 are unauthorized, and all the rest are rejected: an invalid body stays invalid.
    /// </summary>
    /// <param name="status">100 to 599. Any other number is rejected.</param>
    /// <param name="retry">Which statuses are retried.</param>
    public static Verdict Of(int status, RetryOptions retry) => status switch
    {
        >= 200 and <= 299 => Verdict.Delivered,
        _ when retry.Statuses.Contains(status) => Verdict.Retry,
        413 => Verdict.TooLarge,
        401 or 403 => Verdict.Unauthorized,
        _ => Verdict.Rejected,
    };
}
