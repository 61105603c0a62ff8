namespace LambdaLogs.Extension.Delivery;

/// <summary>How often and when a batch is retried. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record RetryOptions
{
    /// <summary>Attempts for one batch in one flush, including the first. 1 to 10, default 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Upper bound of the wait before the second attempt. It doubles with each further one. Default 100 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Upper bound of every wait. Default 2 s. A value below <see cref="FirstDelay"/> bounds that too.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Statuses after which the same body is sent again. Default: 408, 429 and 5xx without 501 and 505.</summary>
    public StatusSet Statuses { get; init; } = StatusSet.Default;
}
