using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>What came of one attempt to send a batch.</summary>
/// <param name="Verdict">What it means for the batch.</param>
/// <param name="Status">The HTTP status, 100 to 599. 0: there was no response.</param>
/// <param name="Failure">Why there was no response; <see cref="FailureKind.None"/> where there was one.</param>
/// <param name="RetryAfter">How long the endpoint asks to wait, never negative, at most <see cref="Delivery.RetryAfter.Longest"/>. Null: it
/// does not say.</param>
internal readonly record struct SendResult(Verdict Verdict, int Status, FailureKind Failure, TimeSpan? RetryAfter)
{
    /// <summary>
    /// For people: the beginning of the response's body or the reason of the failure. One line of printable text, of the endpoint's at most
    /// 200 characters, without credentials. Null: nothing to say, as for every delivered batch.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>What the response says of single records. Null: what the verdict says holds for all of them.</summary>
    public PartialResponse? Partial { get; init; }

    /// <summary>Bytes of the request that have left, over all attempts that the exchange was continued in. 0: none, or not known.</summary>
    public long SentBytes { get; init; }

    /// <summary>How long sending them took, likewise.</summary>
    public TimeSpan SendElapsed { get; init; }

    /// <summary>Whether the whole request has left, so that only the response is missing.</summary>
    public bool SentWhole { get; init; }

    /// <summary>How far the endpoint's clock is ahead of ours, for a 401 or 403 only. Null: it does not say.</summary>
    public TimeSpan? ClockSkew { get; init; }
}
