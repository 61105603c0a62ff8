using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// What the answer to one attempt means for its batch, for the batches behind it and for the ledger. Call with the gate held.
/// </summary>
/// <param name="queue">Where the batch came from.</param>
/// <param name="writer">Splits and shortens batches that are too large for the endpoint.</param>
/// <param name="context">Options, clock and the rest.</param>
internal sealed class AnswerHandler(BatchQueue queue, BatchWriter writer, PumpContext context)
{
    readonly PumpState _state = context.State;

    /// <summary>Makes the batch in flight ready for its next attempt.</summary>
    public void Prepare(Batch batch)
    {
        Seal(batch);
        if (batch.Attempts++ > 0)
            queue.Ledger.Retry();
    }

    /// <summary>Gives a batch its id and its body's end, both for good.</summary>
    public void Seal(Batch batch)
    {
        batch.Id ??= context.NewId();
        if (!batch.IsSealed)
            writer.Seal(batch);
    }

    /// <summary>Deals with the answer for the batch in flight.</summary>
    /// <param name="batch">The batch in flight.</param>
    /// <param name="result">The answer.</param>
    public void Handle(Batch batch, SendResult result)
    {
        // The pipeline was closed meanwhile: the batch has been given up or spilled, and is counted as that.
        if (!queue.IsInFlight(batch))
            return;

        switch (result.Verdict)
        {
            case { } when result.Partial is { IsUnreadable: false } partial:
                SettlePartly(batch, result, partial);
                break;
            case Verdict.Delivered:
                Answered();
                ReportUnreadable(result);
                queue.Delivered();
                ReportDelivery();
                break;
            case Verdict.TooLarge:
                Answered();
                MakeSmaller(batch);
                break;
            case Verdict.Rejected or Verdict.Unauthorized:
                Answered();
                ReportRejection(batch, result);
                queue.Drop(DropReason.Rejected);
                break;
            case Verdict.Retry when result.Failure is FailureKind.CutOff && _state.Interrupted:
                queue.Return();
                break;
            default:
                Failed(batch, result);
                break;
        }

        _state.Interrupted = false;
        if (_state.Flush is { } flush && result is not { Verdict: Verdict.Delivered, Partial: null or { IsUnreadable: true } })
            flush.Setbacks++;
    }

    void Answered()
    {
        context.Breaker.Succeeded();
        Responded();
    }

    void Responded()
    {
        _state.Recovered();
        if (_state.Flush is { } flush)
            flush.FailedAttempts = 0;
    }

    /// <summary>Some records have arrived, some never will, some are to be sent again: those, and only those, wait in front.</summary>
    void SettlePartly(Batch batch, SendResult result, PartialAnswer partial)
    {
        var settlement = PartialSettlement.Of(partial, batch.Records, _state.Numbering);
        _state.Numbering = settlement.Numbering;
        if (settlement.IsFailure)
        {
            Failed(batch, result with { Detail = partial.Reason });
            return;
        }

        Responded();
        // An endpoint of which nothing is taken is left alone after a while, however it tells so.
        if (settlement.Arrived > 0)
            context.Breaker.Succeeded();
        else if (settlement.Rejected > 0)
            context.Breaker.Failed();
        if (settlement.IsBusy)
            Busy(result);
        ReportPart(settlement, result.Status, partial);
        queue.Settle(settlement.Rejected, [.. settlement.Again.Select(part => writer.Pick(batch, part))]);
        if (settlement.Arrived > 0)
            ReportDelivery();
    }

    /// <summary>The endpoint asks for time for a part of a batch: no failure of the endpoint, but not to be tried at once.</summary>
    void Busy(SendResult result)
    {
        _state.PutOff(context.Time.GetUtcNow(), result, context.Retry, context.Random());
        if (_state.Flush is { } flush)
            flush.FailedAttempts++;
    }

    void ReportUnreadable(SendResult result)
    {
        if (result.Partial is { IsUnreadable: true } && _state.ReportOnce(nameof(PartialAnswer.IsUnreadable)))
            context.Log.Warn($"the endpoint's answer with status {result.Status} cannot be read; its records count as delivered");
    }

    void Failed(Batch batch, SendResult result)
    {
        context.Breaker.Failed();
        queue.Return();
        if (_state.Flush is { } flush)
            flush.FailedAttempts++;
        // What a deadline has cut off is due again at once: the sandbox decides when there is time for it.
        if (result.Failure is not FailureKind.CutOff)
            _state.PutOff(context.Time.GetUtcNow(), result, context.Retry, context.Random());
        else if (_state.Flush is { } flushing)
            flushing.IsCutOff = true;
        if (_state.OutageReported)
            return;

        _state.OutageReported = true;
        context.Log.Warn($"{Cause(result)}; {batch.Records} records wait and are sent again");
    }

    void MakeSmaller(Batch batch)
    {
        if (batch.Records > 1)
            queue.Replace(writer.Split(batch));
        else if (writer.TryShorten(batch, out var shorter))
            queue.Replace([shorter]);
        else
            queue.Drop(DropReason.TooLarge);
    }

    void ReportRejection(Batch batch, SendResult result)
    {
        if (!_state.ReportedStatuses.Add(result.Status))
            return;

        var refusal = $"the endpoint refuses logs with status {result.Status}{Said(result)}";
        context.Log.Error($"{refusal}; {batch.Records} records were dropped; this is said once per status");
    }

    void ReportPart(PartialSettlement settlement, int status, PartialAnswer partial)
    {
        // Reasons may name a record, and so be many; the advice is one.
        if (settlement.Rejected == 0 || !_state.ReportOnce(partial.Advice.Length > 0 ? partial.Advice : partial.Reason))
            return;

        var said = Said(partial.Reason) + (partial.Advice.Length > 0 ? $"; {partial.Advice}" : "");
        var rejected = settlement.Rejected;
        var refusal = $"the endpoint refuses logs with status {status}{said}";
        if (settlement.IsRefusal)
            context.Log.Error($"{refusal}; {rejected} records were dropped; this is said once per reason");
        else
            context.Log.Error($"the endpoint rejected {rejected} of {settlement.Records} records{said}; this is said once per reason");
    }

    void ReportDelivery()
    {
        if (_state.OutageReported)
            context.Log.Info("the endpoint takes logs again");
        else if (!_state.DeliveryReported)
            context.Log.Info($"the first logs have been delivered to {context.DestinationName()}");

        _state.OutageReported = false;
        _state.DeliveryReported = true;
        writer.Arrived();
    }

    static string Cause(SendResult result) => result switch
    {
        { Failure: FailureKind.CutOff } => "the endpoint did not answer in the time there was",
        { Failure: FailureKind.NoCredentials } answer => $"there are no credentials for the endpoint{Said(answer)}",
        { Status: > 0 } answer => $"the endpoint answered {answer.Status}{Said(answer)}",
        var answer => $"the endpoint cannot be reached{Said(answer)}",
    };

    static string Said(SendResult result) => Said(result.Detail);

    static string Said(string? detail) => detail is { Length: > 0 } ? $" ({detail})" : "";
}
