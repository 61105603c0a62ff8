using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>The result of one attempt to send a batch.</summary>
/// <param name="Verdict">What it means for the batch.</param>
/// <param name="Status">The HTTP status, 100 to 599. 0: no response.</param>
/// <param name="Failure">Why there was no response; <see cref="FailureKind.None"/> if there was one.</param>
/// <param name="RetryAfter">
/// How long the endpoint asks to wait, never negative, at most <see cref="Delivery.RetryAfter.Longest"/>. Null: not given.
/// </param>
internal readonly record struct SendResult(Verdict Verdict, int Status, FailureKind Failure, TimeSpan? RetryAfter)
{
    /// <summary>
    /// Text for the log: the beginning of the response's body, or the reason of the failure. One line of printable text, at most 200
    /// characters of the endpoint's, without credentials. Null: none, as for every delivery.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>What the response says about single records. Null: the verdict applies to all.</summary>
    public PartialResponse? Partial { get; init; }

    /// <summary>Bytes of the request that were sent, over all attempts that continued the same exchange. 0: none, or not known.</summary>
    public long SentBytes { get; init; }

    /// <summary>How long sending them took, over the same attempts.</summary>
    public TimeSpan SendElapsed { get; init; }

    /// <summary>Whether the whole request was sent, so that only the response is missing.</summary>
    public bool SentWhole { get; init; }

    /// <summary>How far the endpoint's clock is ahead of ours, only for a 401 or 403. Null: not known.</summary>
    public TimeSpan? ClockSkew { get; init; }
}
