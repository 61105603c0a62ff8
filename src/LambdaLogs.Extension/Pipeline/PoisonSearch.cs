namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Finds the record that an endpoint can never take. A batch that has failed several times is suspected once another one was delivered
/// since: it is then sent once with the question whether it may be, and after that in halves. What the search has to know stands in the
/// batch's entry.
/// </summary>
/// <param name="queue">Counts deliveries.</param>
internal sealed class PoisonSearch(BatchQueue queue)
{
    /// <summary>Failures of the first batch after which another one is tried, now and then.</summary>
    public const int FailuresToDoubt = 3;

    // Every so many failures: where the endpoint is just down, that is a request for nothing.
    const int TriesOtherEach = 4;

    /// <summary>
    /// Whether another batch is to be tried at once, now that one has failed: where that one goes, the fault is not the endpoint's.
    /// </summary>
    public static bool TriesOther(Batch first) => first.Entry.Failures >= FailuresToDoubt
        && first.Entry.OthersTried < Tries(first)
        && ++first.Entry.OthersTried > 0;

    /// <summary>Whether to ask first whether the body may be sent: what the endpoint says is not lost with the connection then.</summary>
    public static bool AsksFirst(Batch batch) => batch.Entry.SearchSteps == 1;

    /// <summary>A batch has failed. Whether that is its own fault and not the endpoint's.</summary>
    public bool IsSuspect(Batch batch)
    {
        ref var entry = ref batch.Entry;
        var others = queue.Deliveries > entry.DeliveredAtFailure;
        entry.Failures++;
        entry.DeliveredAtFailure = queue.Deliveries;
        return entry.Failures > FailuresToDoubt && (others || (entry.SearchSteps > 0 && batch.Records > 1));
    }

    /// <summary>Makes the next step of the search.</summary>
    /// <returns>False where one record is left: that is the one.</returns>
    public bool Next(Batch batch)
    {
        if (batch.Entry.SearchSteps++ == 0)
            return true;
        if (batch.Records == 1)
            return false;

        batch.Limit(batch.Records / 2);
        return true;
    }

    /// <summary>A body was refused: half of it goes next.</summary>
    public void Halve(Batch batch)
    {
        ref var entry = ref batch.Entry;
        if (entry.SearchSteps++ == 0)
            entry.DeliveredAtFailure = queue.Deliveries;
        batch.Limit(batch.Records / 2);
    }

    /// <summary>Whether everything of a batch that was halved is refused.</summary>
    public bool IsFruitless(Batch batch) => batch.Entry.SearchSteps > 0 && queue.Deliveries == batch.Entry.DeliveredAtFailure;

    /// <summary>A part has gone: a larger one goes next, unless the size was what the endpoint did not take.</summary>
    public void Grow(Batch batch)
    {
        ref var entry = ref batch.Entry;
        if (batch.Waiting == 0 || entry.Part == 0)
            return;

        var next = entry.NextPart > 0 ? entry.NextPart : entry.Part * 2;
        entry.NextPart = 0;
        if (!entry.IsTooLarge)
            batch.Limit(next);
    }

    /// <summary>While it is searched, others take turns with it.</summary>
    static int Tries(Batch first)
    {
        var beyond = first.Entry.Failures - FailuresToDoubt;
        return 1 + (first.Entry.SearchSteps > 0 ? beyond : beyond / TriesOtherEach);
    }
}
