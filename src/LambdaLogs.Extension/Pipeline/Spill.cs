using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Keeps what could not be delivered over a reset of the sandbox: after a timeout or a crash Lambda starts all processes anew, and
/// <c>/tmp</c> stays.
/// </summary>
/// <param name="options">How much may be kept.</param>
/// <param name="store">Where.</param>
/// <param name="queue">What waits.</param>
/// <param name="answers">Makes a batch ready to be sent, which is how it is kept.</param>
/// <param name="format">The wire format.</param>
internal sealed class Spill(PipelineOptions options, ISpillStore store, BatchQueue queue, AnswerHandler answers, LogFormat format)
{
    /// <summary>Takes back what a former process has left, in front of everything else. Anything that is broken is passed over.</summary>
    public void Restore()
    {
        if (options.SpillMaxBytes == 0 || store.Take() is not { } content)
            return;
        if (SpillFormat.Read(content, format.Head.Length) is not { } batches)
            return;

        lock (queue.Gate)
        {
            foreach (var batch in batches)
                queue.Adopt(batch);
        }
    }

    /// <summary>The process ends: keeps what waits, the newest where there is not room for all, and gives up the rest.</summary>
    public void Close()
    {
        lock (queue.Gate)
        {
            var batches = queue.TakeAll();
            foreach (var batch in batches)
                answers.Seal(batch);

            var first = FirstThatFits(batches);
            var kept = batches.GetRange(first, batches.Count - first);
            if (kept.Count > 0 && !store.Keep(SpillFormat.Write(kept)))
                first = batches.Count;
            for (var index = 0; index < batches.Count; index++)
            {
                if (index < first)
                    queue.Ledger.Drop(DropReason.Shutdown, batches[index].Records);
                else
                    queue.Ledger.Spill(batches[index].Records);
            }

            queue.Check();
        }
    }

    int FirstThatFits(List<Batch> batches)
    {
        long size = SpillFormat.Overhead;
        var first = batches.Count;
        while (first > 0 && (size += SpillFormat.SizeOf(batches[first - 1])) <= options.SpillMaxBytes)
            first--;
        return first;
    }
}
