namespace LambdaLogs.Extension.Delivery;

/// <summary>What the result of one attempt means for its batch.</summary>
internal enum Verdict
{
    /// <summary>The endpoint has stored the batch.</summary>
    Delivered,

    /// <summary>The endpoint is busy or failing, or did not respond. The batch is sent again.</summary>
    Retry,

    /// <summary>The endpoint accepts only smaller bodies. The same body will never be accepted.</summary>
    TooLarge,

    /// <summary>The credentials were refused. The same credentials will not be accepted later.</summary>
    Unauthorized,

    /// <summary>The endpoint will never accept this body: any other response, including a redirect.</summary>
    Rejected,
}
