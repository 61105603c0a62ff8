namespace LambdaLogs.Extension.Delivery;

/// <summary>What a status means for the batch it is for.</summary>
internal static class StatusVerdict
{
    /// <summary>
    /// 2xx is delivered, whatever the options say. A status to be retried by the options is retried. Of the others 413 is too
    /// large, 401 and 403 are unauthorized, all the rest is rejected: a body that is wrong once is wrong for ever.
    /// </summary>
    /// <param name="status">100 to 599; any other number is rejected.</param>
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
