using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Decides what the response to an attempt means for its batch, for the following batches and for the ledger. Requires the lock to be
/// held.
/// </summary>
/// <param name="queue">Provides the batch.</param>
/// <param name="writer">Splits and truncates batches that are too large for the endpoint.</param>
/// <param name="context">Options, clock and state of the sender.</param>
internal sealed class ResponseHandler(BatchQueue queue, BatchWriter writer, PumpContext context)
{
    readonly PumpState _state = context.State;
    readonly SendRate _rate = new();
    readonly PoisonSearch _search = new(queue);

    /// <summary>Prepares the batch in flight for its next attempt.</summary>
    void Prepare(Batch batch)
    {
        _rate.Fit(batch, _state.Flush is { } flush ? flush.Deadline - context.Time.GetUtcNow() : null);
        Seal(batch);
        if (batch.Entry.Attempts++ > 0)
            queue.Ledger.CountRetry();
    }

    /// <summary>Takes the next batch to send from the queue.</summary>
    /// <param name="triesOther">Whether to skip the first batch: for another one, or for a single-record probe of it.</param>
    public Batch Take(bool triesOther)
    {
        var hasOther = queue.HasOther;
        var batch = queue.Take(withOpen: true, other: triesOther && hasOther)!;
        if (triesOther && !hasOther && batch.Remaining > 1)
            batch.SendAlone(PoisonSearch.ProbeIndex(batch), context.NewId());
        Prepare(batch);
        return batch;
    }

    /// <inheritdoc cref="TenantFormats.IsAwaited"/>
    public bool AwaitsTenant => writer.AwaitsTenant;

    /// <summary>What an attempt says of a batch besides its body.</summary>
    public BatchLabel LabelOf(Batch batch) => new(batch.Id!, writer.TenantOf(batch));

    /// <summary>Sets the id and completes the body. Both stay the same from then on.</summary>
    public void Seal(Batch batch)
    {
        batch.Id ??= context.NewId();
        writer.Seal(batch);
    }

    /// <summary>Handles the response to the batch in flight.</summary>
    /// <param name="batch">The batch in flight.</param>
    /// <param name="result">The response.</param>
    public void Handle(Batch batch, SendResult result)
    {
        // If the pipeline was closed in the meantime, the batch was already counted as dropped or spilled.
        if (!queue.IsInFlight(batch))
            return;

        if (batch.IsSingleRecordProbe)
            HandleProbe(batch, result);
        else
            HandleBatch(batch, result);

        _state.Interrupted = false;
        if (_state.Flush is { } flush && result is not { Verdict: Verdict.Delivered, Partial: null or { IsUnreadable: true } })
            flush.Setbacks++;
    }

    /// <summary>
    /// Handles the response to a single-record probe. If it was delivered, the fault is in the rest of its batch. Otherwise nothing
    /// changes.
    /// </summary>
    void HandleProbe(Batch batch, SendResult result)
    {
        if (HasArrived(result))
        {
            MarkHealthy();
            ReportUnreadable(result);
            writer.SettleProbe(batch);
            ReportDelivery();
            return;
        }

        batch.Entry.FailedProbes++;
        queue.Return();
        if (result.Failure is FailureKind.CutOff && !_state.Interrupted && _state.Flush is { } flush)
            flush.IsCutOff = true;
    }

    /// <summary>Whether the only record of a request was stored: what was stored must not be sent again.</summary>
    bool HasArrived(SendResult result) => result.Partial is { IsUnreadable: false } partial
        ? PartialSettlement.Of(partial, records: 1, _state.Numbering).Arrived == 1
        : result.Verdict is Verdict.Delivered;

    void HandleBatch(Batch batch, SendResult result)
    {
        _rate.Record(result);
        switch (result.Verdict)
        {
            case { } when result.Partial is { IsUnreadable: false } partial:
                SettlePartly(batch, result, partial);
                break;
            case Verdict.Delivered:
                MarkHealthy();
                ReportUnreadable(result);
                queue.Delivered();
                _state.HalvesRejected = true;
                _search.Grow(batch);
                ReportDelivery();
                break;
            case Verdict.TooLarge:
                MarkHealthy();
                MakeSmaller(batch);
                break;
            case Verdict.Rejected when MayHalve(batch, result):
                MarkHealthy();
                _search.Halve(batch);
                queue.Return();
                break;
            case Verdict.Rejected or Verdict.Unauthorized:
                MarkHealthy();
                DropRejected(batch, result);
                break;
            case Verdict.Retry when result.Failure is FailureKind.CutOff && _state.Interrupted:
                queue.Return();
                break;
            default:
                HandleFailure(batch, result);
                break;
        }
    }

    void MarkHealthy()
    {
        context.Breaker.Succeeded();
        MarkResponded();
    }

    void MarkResponded()
    {
        _state.ResetBackoff();
        if (_state.Flush is { } flush)
            flush.FailedAttempts = 0;
    }

    /// <summary>Settles a partly accepted body: only the records to be sent again wait in front.</summary>
    void SettlePartly(Batch batch, SendResult result, PartialResponse partial)
    {
        var settlement = PartialSettlement.Of(partial, batch.Records, _state.Numbering);
        _state.Numbering = settlement.Numbering;
        if (settlement.IsFailure)
        {
            HandleFailure(batch, result with { Detail = partial.Reason });
            return;
        }

        MarkResponded();
        // If the endpoint accepts nothing, the circuit breaker has to open, whatever form the response has.
        if (settlement.Arrived > 0)
            context.Breaker.Succeeded();
        else if (settlement.Rejected > 0)
            context.Breaker.Failed();
        if (settlement.IsBusy)
            DelayRest(result);
        ReportPartialRejection(settlement, result.Status, partial);
        writer.Settle(settlement);
        if (settlement.Arrived > 0)
            ReportDelivery();
    }

    /// <summary>The endpoint asks to delay a part of a batch. That is not a failure, but the part must not be sent immediately.</summary>
    void DelayRest(SendResult result)
    {
        _state.DelayNextAttempt(context.Time.GetUtcNow(), result, context.Retry, context.Random());
        if (_state.Flush is { } flush)
            flush.FailedAttempts++;
    }

    void ReportUnreadable(SendResult result)
    {
        if (result.Partial is { IsUnreadable: true } && _state.ReportOnce(nameof(PartialResponse.IsUnreadable)))
            context.Log.Warn($"the endpoint's response with status {result.Status} cannot be parsed; its records count as delivered");
    }

    void HandleFailure(Batch batch, SendResult result)
    {
        var isCutOff = result.Failure is FailureKind.CutOff;
        if (isCutOff)
            RecordCutOff(batch, result);
        else
            SendRate.RecordBrokenOff(batch, result);
        if (!isCutOff && _search.RecordFailureAndCheckSuspect(batch))
        {
            HandleSuspect(batch, result);
            return;
        }

        context.Breaker.Failed();
        queue.Return();
        _state.TriesOtherBatch = !isCutOff && _search.TryClaimProbeTurn(batch);
        if (_state.Flush is { } flush)
            flush.FailedAttempts++;
        // After a cut-off the batch is due immediately: only the environment limits the time.
        if (!isCutOff)
            _state.DelayNextAttempt(context.Time.GetUtcNow(), result, context.Retry, context.Random());
        if (_state.OutageReported)
            return;

        _state.OutageReported = true;
        context.Log.Warn($"{Cause(result)}; {batch.Records} records are kept and will be retried");
    }

    void RecordCutOff(Batch batch, SendResult result)
    {
        _rate.RecordCutOff(batch, result);
        if (_state.Flush is { } flush)
            flush.IsCutOff = true;
    }

    /// <summary>Handles a batch that fails although other batches are delivered: one of its records is the cause.</summary>
    void HandleSuspect(Batch batch, SendResult result)
    {
        if (_state.ReportOnce(nameof(PoisonSearch)))
        {
            context.Log.Warn($"{Cause(result)} for a batch of {batch.Records} records but accepts others; "
                + "the batch is split to find the record that it cannot process");
        }

        if (_search.Next(batch))
        {
            queue.Return();
        }
        else
        {
            if (_state.ReportOnce(nameof(DropReason.Rejected)))
            {
                context.Log.Error(
                    $"{Cause(result)} for the same record in every attempt; the record was dropped as rejected; this is logged once");
            }

            queue.Drop(DropReason.Rejected);
            _search.Grow(batch);
        }

        // Other batches are sent in the meantime. If there is none, the endpoint is not asked without a pause.
        _state.TriesOtherBatch = queue.HasOther && batch.Remaining > 0 && PoisonSearch.TryClaimOtherBatchTurn(batch);
        if (!queue.HasOther)
            DelayRest(result);
    }

    /// <summary>
    /// Whether a rejected body is halved to find the invalid record. Not if everything is rejected, for example because of a wrong
    /// setting: one search has shown that.
    /// </summary>
    bool MayHalve(Batch batch, SendResult result) =>
        result.Status == 400 && batch.Records > 1 && _state.HalvesRejected && !writer.StoresValidRecords;

    void DropRejected(Batch batch, SendResult result)
    {
        var isFruitless = _search.DeliveredNothing(batch);
        ReportRejection(isFruitless ? batch.Remaining : batch.Records, result);
        if (isFruitless)
        {
            _state.HalvesRejected = false;
            queue.DropAll(DropReason.Rejected);
            return;
        }

        queue.Drop(DropReason.Rejected);
        _search.Grow(batch);
    }

    void MakeSmaller(Batch batch)
    {
        if (batch.Records > 1)
        {
            batch.Entry.IsTooLarge = true;
            batch.Limit(batch.Records / 2);
            queue.Return();
        }
        else if (!writer.TryShorten(batch))
        {
            queue.Drop(DropReason.TooLarge);
        }
    }

    void ReportRejection(int records, SendResult result)
    {
        if (!_state.ReportedStatuses.Add(result.Status))
            return;

        var refusal = $"the endpoint rejects logs with status {result.Status}{Parenthesized(result)}";
        context.Log.Error($"{refusal}; {records} records were dropped; this is logged once per status");
    }

    void ReportPartialRejection(PartialSettlement settlement, int status, PartialResponse partial)
    {
        // A reason may name a record, so there can be many reasons; the advice is the same.
        if (settlement.Rejected == 0 || !_state.ReportOnce(partial.Advice.Length > 0 ? partial.Advice : partial.Reason))
            return;

        var said = Parenthesized(partial.Reason) + (partial.Advice.Length > 0 ? $"; {partial.Advice}" : "");
        var rejected = settlement.Rejected;
        var refusal = $"the endpoint rejects logs with status {status}{said}";
        if (settlement.IsRefusal)
            context.Log.Error($"{refusal}; {rejected} records were dropped; this is logged once per reason");
        else
            context.Log.Error($"the endpoint rejected {rejected} of {settlement.Records} records{said}; this is logged once per reason");
    }

    void ReportDelivery()
    {
        if (_state.OutageReported)
            context.Log.Info("the endpoint accepts logs again");
        else if (!_state.DeliveryReported)
            context.Log.Info($"the first logs have been delivered to {context.DestinationName()}");

        _state.OutageReported = false;
        _state.DeliveryReported = true;
        writer.OnDelivered();
    }

    static string Cause(SendResult result) => result switch
    {
        { Failure: FailureKind.CutOff } => "the endpoint did not respond before the deadline",
        { Failure: FailureKind.NoCredentials } response => $"there are no credentials for the endpoint{Parenthesized(response)}",
        { Status: > 0 } response => $"the endpoint responded with {response.Status}{Parenthesized(response)}",
        var response => $"the endpoint cannot be reached{Parenthesized(response)}",
    };

    static string Parenthesized(SendResult result) => Parenthesized(result.Detail);

    static string Parenthesized(string? detail) => detail is { Length: > 0 } ? $" ({detail})" : "";
}
