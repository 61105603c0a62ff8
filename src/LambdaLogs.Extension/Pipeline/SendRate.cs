using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Measures how fast the endpoint accepts bytes, and chooses how much of a batch to send so that a request fits its time limit. For one
/// thread.
/// </summary>
internal sealed class SendRate
{
    // A smaller body says nothing, because it fits into the kernel's buffers.
    const int BytesMin = 16 * 1024;

    static readonly TimeSpan ElapsedMin = TimeSpan.FromMilliseconds(100);

    // Time limit of a request in the background, so that the following batches make progress.
    static readonly TimeSpan BackgroundBudget = TimeSpan.FromSeconds(5);

    // After this many attempts that got no further, or one whose connection is gone, a batch is sent in parts.
    const int CutOffsBeforeParts = 2;

    // The usable share of the time limit: the response needs some of it, and the rate varies.
    const double Share = 0.7;

    double _bytesPerSecond = double.PositiveInfinity;

    /// <summary>Learns the rate from an attempt.</summary>
    public void Record(in SendResult result)
    {
        if (result.SentBytes < BytesMin)
            return;

        var isQuick = result.SendElapsed < ElapsedMin;
        _bytesPerSecond = isQuick ? double.PositiveInfinity : result.SentBytes / result.SendElapsed.TotalSeconds;
    }

    /// <summary>
    /// Learns from an attempt that ended because of our own time limit. The size is not reduced while each attempt gets further than the
    /// last.
    /// </summary>
    public void RecordCutOff(Batch batch, in SendResult result)
    {
        ref var entry = ref batch.Entry;
        var gotFurther = result.SentWhole || result.SentBytes > entry.SentBytes;
        entry.CutOffs = gotFurther ? 1 : entry.CutOffs + 1;
        entry.SentBytes = result.SentBytes;
    }

    /// <summary>
    /// Learns from an attempt that failed after a part of the body was sent for a while: with the connection that part is gone, so the next
    /// request has to be shorter.
    /// </summary>
    public static void RecordBrokenOff(Batch batch, in SendResult result)
    {
        if (result.SentWhole || result.SentBytes < BytesMin || result.SendElapsed < ElapsedMin)
            return;

        ref var entry = ref batch.Entry;
        entry.CutOffs = CutOffsBeforeParts;
        entry.SentBytes = result.SentBytes;
    }

    /// <summary>Chooses the number of records before an attempt.</summary>
    /// <param name="batch">The batch. One that was partly sent continues unchanged, unless it was cut off twice without progress.</param>
    /// <param name="budget">Time limit of the attempt. Null: no invocation waits for it.</param>
    public void Fit(Batch batch, TimeSpan? budget)
    {
        ref var entry = ref batch.Entry;
        if (batch.Records == 1 || (entry.Attempts > 0 && entry.CutOffs < CutOffsBeforeParts))
            return;

        var fitting = Math.Max((budget ?? BackgroundBudget).TotalSeconds, 0) * Share * _bytesPerSecond;
        var records = batch.Records;
        if (entry.CutOffs >= CutOffsBeforeParts)
        {
            records = Math.Max(records / 2, 1);
            // In the background the time limit is not that of the attempt before, which got this far.
            fitting = entry.SentBytes > 0 ? Math.Min(fitting, entry.SentBytes * Share) : fitting;
        }

        while (records > 1 && batch.BytesOf(records) > fitting)
            records = Math.Max(records / 2, 1);
        if (records < batch.Records)
            batch.Limit(records);
    }
}
