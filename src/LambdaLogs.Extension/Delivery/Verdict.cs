namespace LambdaLogs.Extension.Delivery;

/// <summary>What one attempt means for the batch that was sent.</summary>
internal enum Verdict
{
    /// <summary>The endpoint has it. The batch is done.</summary>
    Delivered,

    /// <summary>It may go well another time: a busy or broken endpoint, or none that responded. The batch is still ours.</summary>
    Retry,

    /// <summary>The endpoint takes smaller bodies only. The same body will never pass.</summary>
    TooLarge,

    /// <summary>The credentials were not accepted. The same credentials will not pass another time.</summary>
    Unauthorized,

    /// <summary>The endpoint will never take this body: any other response, a redirect included.</summary>
    Rejected,
}
