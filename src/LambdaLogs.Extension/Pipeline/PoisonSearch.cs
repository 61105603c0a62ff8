namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Finds a record that the endpoint can never process. A batch that has failed several times is a suspect once another batch, or a
/// single-record probe of its own, was delivered since. It is then sent once with <c>Expect: 100-continue</c>, and after that in halves.
/// The state of the search is in the batch's entry.
/// </summary>
/// <param name="queue">Counts deliveries.</param>
internal sealed class PoisonSearch(BatchQueue queue)
{
    /// <summary>Number of failures of the first batch after which another one is tried from time to time.</summary>
    public const int FailuresBeforeOther = 3;

    // Another batch is tried only after every fourth failure: if the endpoint is down, the request is wasted.
    const int FailuresPerOtherBatch = 4;

    /// <summary>
    /// Whether to try another batch immediately after a failure. If that one is delivered, the first batch is the cause, not the endpoint.
    /// </summary>
    public static bool TryClaimOtherBatchTurn(Batch first) => first.Entry.Failures >= FailuresBeforeOther
        && first.Entry.OthersTried < AllowedOtherTries(first)
        && ++first.Entry.OthersTried > 0;

    /// <summary>
    /// Whether to send something else at once after a batch has failed: another batch, or a single-record probe of it if no other batch
    /// waits.
    /// </summary>
    public bool TryClaimProbeTurn(Batch first) => (queue.HasOther || first.Remaining > 1) && TryClaimOtherBatchTurn(first);

    /// <summary>
    /// Selects the record for a single-record probe: never the first one, and a different one after a single-record probe that failed.
    /// </summary>
    /// <param name="batch">A batch of two records or more.</param>
    public static int ProbeIndex(Batch batch) => 1 + (batch.Entry.FailedProbes % (batch.Remaining - 1));

    /// <summary>Whether to send <c>Expect: 100-continue</c>: the response then arrives before the connection can break.</summary>
    public static bool UsesExpectContinue(Batch batch) => batch.Entry.SearchSteps == 1 && !batch.IsSingleRecordProbe;

    /// <summary>Returns whether a failed batch, rather than the endpoint, is the cause.</summary>
    public bool RecordFailureAndCheckSuspect(Batch batch)
    {
        ref var entry = ref batch.Entry;
        var others = queue.Deliveries > entry.DeliveredAtFailure;
        entry.Failures++;
        entry.DeliveredAtFailure = queue.Deliveries;
        return entry.Failures > FailuresBeforeOther && (others || (entry.SearchSteps > 0 && batch.Records > 1));
    }

    /// <summary>Takes the next step of the search.</summary>
    /// <returns>False if one record is left: it is the cause.</returns>
    public bool Next(Batch batch)
    {
        if (batch.Entry.SearchSteps++ == 0)
            return true;
        if (batch.Records == 1)
            return false;

        batch.Limit(batch.Records / 2);
        return true;
    }

    /// <summary>Halves the next request after a body was rejected.</summary>
    public void Halve(Batch batch)
    {
        ref var entry = ref batch.Entry;
        if (entry.SearchSteps++ == 0)
            entry.DeliveredAtFailure = queue.Deliveries;
        batch.Limit(batch.Records / 2);
    }

    /// <summary>Whether nothing of a batch was delivered since it was first halved.</summary>
    public bool DeliveredNothing(Batch batch) => batch.Entry.SearchSteps > 0 && queue.Deliveries == batch.Entry.DeliveredAtFailure;

    /// <summary>After a part was delivered, enlarges the next one, unless the endpoint rejects larger bodies.</summary>
    public void Grow(Batch batch)
    {
        ref var entry = ref batch.Entry;
        if (batch.Remaining == 0 || entry.RequestRecords == 0)
            return;

        var next = entry.NextRequestRecords > 0 ? entry.NextRequestRecords : entry.RequestRecords * 2;
        entry.NextRequestRecords = 0;
        if (!entry.IsTooLarge)
            batch.Limit(next);
    }

    /// <summary>During the search, other batches take turns with this one.</summary>
    static int AllowedOtherTries(Batch first)
    {
        var beyond = first.Entry.Failures - FailuresBeforeOther;
        return 1 + (first.Entry.SearchSteps > 0 ? beyond : beyond / FailuresPerOtherBatch);
    }
}
