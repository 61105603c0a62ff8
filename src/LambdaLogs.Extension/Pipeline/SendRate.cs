using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// How fast the endpoint takes bytes, as the last larger body showed, and how much of a batch goes into a request so that it fits the time
/// there is. One thread.
/// </summary>
internal sealed class SendRate
{
    // Less says nothing: it disappears in the kernel's buffers.
    const int BytesMin = 16 * 1024;

    static readonly TimeSpan ElapsedMin = TimeSpan.FromMilliseconds(100);

    // In the background, where nobody waits: what a request may take so that those behind it get on.
    static readonly TimeSpan BackgroundBudget = TimeSpan.FromSeconds(5);

    // Of the time there is: the response takes some, and no rate is steady.
    const double Share = 0.7;

    double _bytesPerSecond = double.PositiveInfinity;

    /// <summary>Learns from an attempt.</summary>
    public void Note(in SendResult result)
    {
        if (result.SentBytes < BytesMin)
            return;

        var isQuick = result.SendElapsed < ElapsedMin;
        _bytesPerSecond = isQuick ? double.PositiveInfinity : result.SentBytes / result.SendElapsed.TotalSeconds;
    }

    /// <summary>
    /// The attempt was ended by our own limit. Nothing is made smaller as long as each attempt gets further than the last.
    /// </summary>
    public void NoteCutOff(Batch batch, in SendResult result)
    {
        ref var entry = ref batch.Entry;
        var gotFurther = result.SentWhole || result.SentBytes > entry.SentBytes;
        entry.CutOffs = gotFurther ? 1 : entry.CutOffs + 1;
        entry.SentBytes = result.SentBytes;
    }

    /// <summary>Chooses how many records go, before an attempt.</summary>
    /// <param name="batch">The batch. One that was begun is sent on as it is, unless it has come to nothing twice.</param>
    /// <param name="budget">How long the attempt may take. Null: nobody waits for it.</param>
    public void Fit(Batch batch, TimeSpan? budget)
    {
        ref var entry = ref batch.Entry;
        if (batch.Records == 1 || (entry.Attempts > 0 && entry.CutOffs < 2))
            return;

        var fitting = Math.Max((budget ?? BackgroundBudget).TotalSeconds, 0) * Share * _bytesPerSecond;
        var records = batch.Records;
        if (entry.CutOffs >= 2)
            records = Math.Max(records / 2, 1);
        while (records > 1 && batch.BytesOf(records) > fitting)
            records = Math.Max(records / 2, 1);
        if (records < batch.Records)
            batch.Limit(records);
    }
}
