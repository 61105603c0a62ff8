using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// What the answer to one attempt means for its batch, for the batches behind it and for the queue.Ledger. Call with the gate held.
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
    /// <param name="result">The answer; null where the attempt was cut off.</param>
    public void Handle(Batch batch, SendResult? result)
    {
        // The pipeline was closed meanwhile: the batch has been given up or spilled, and is counted as that.
        if (!queue.IsInFlight(batch))
            return;

        switch (result?.Verdict)
        {
            case Verdict.Delivered:
                Answered();
                queue.Delivered();
                ReportDelivery();
                ReportDrops();
                break;
            case Verdict.TooLarge:
                Answered();
                MakeSmaller(batch);
                break;
            case Verdict.Rejected or Verdict.Unauthorized:
                Answered();
                ReportRejection(batch, result.Value);
                queue.Drop(DropReason.Rejected);
                break;
            case null when _state.Interrupted:
                queue.Return();
                break;
            default:
                Failed(batch, result);
                break;
        }

        _state.Interrupted = false;
    }

    void Answered()
    {
        context.Breaker.Succeeded();
        _state.Recovered();
        if (_state.Flush is { } flush)
            flush.FailedAttempts = 0;
    }

    void Failed(Batch batch, SendResult? result)
    {
        context.Breaker.Failed();
        queue.Return();
        if (_state.Flush is { } flush)
            flush.FailedAttempts++;
        // What a deadline or a freeze has cut off is due again at once: the sandbox decides when there is time for it.
        if (result is { } answer)
            _state.PutOff(context.Time.GetUtcNow(), answer, context.Retry, context.Random());
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

    void ReportDelivery()
    {
        if (_state.OutageReported)
            context.Log.Info("the endpoint takes logs again");
        else if (!_state.DeliveryReported)
            context.Log.Info($"the first logs have been delivered to {context.DestinationName()}");

        _state.OutageReported = false;
        _state.DeliveryReported = true;
    }

    /// <summary>Tells the endpoint what it did not get, now that it takes something.</summary>
    void ReportDrops()
    {
        Span<long> byReason = stackalloc long[Ledger.Reasons];
        if (queue.Ledger.TryTakeUnreported(byReason))
            writer.Write(DropReport.Of(byReason));
    }

    static string Cause(SendResult? result) => result switch
    {
        null => "the endpoint did not answer in the time there was",
        { Failure: FailureKind.NoCredentials } answer => $"there are no credentials for the endpoint{Said(answer)}",
        { Status: > 0 } answer => $"the endpoint answered {answer.Status}{Said(answer)}",
        { } answer => $"the endpoint cannot be reached{Said(answer)}",
    };

    static string Said(SendResult result) => result.Detail is { } detail ? $" ({detail})" : "";
}
