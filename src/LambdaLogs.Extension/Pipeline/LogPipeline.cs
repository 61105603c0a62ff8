using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// The path of a record from the reader to the endpoint: apply rules, encode into the open batch, wait, send. Everything before the wait is
/// synchronous and under the queue's lock: on the listener's thread, or on the one that flushes or drains. The sender has its own thread.
/// </summary>
/// <param name="rules">Filter and change records, and pass them to <paramref name="writer"/>.</param>
/// <param name="writer">Encodes records into batches.</param>
/// <param name="queue">Holds the batches.</param>
/// <param name="pump">Sends the batches.</param>
/// <param name="spill">Keeps batches that could not be sent.</param>
/// <param name="log">Own log lines.</param>
internal sealed class LogPipeline(Rules rules, BatchWriter writer, BatchQueue queue, SenderPump pump, Spill spill, ExtensionLog log)
    : IRecordSink
{
    Action? _runDrain;
    bool _drainIsSet;
    bool _faultReported;

    /// <summary>Counts where every record is. Requires <see cref="Enter"/>.</summary>
    public Ledger Ledger => queue.Ledger;

    /// <inheritdoc cref="SenderPump.Start"/>
    public void Start() => pump.Start();

    /// <summary>Bytes of records that wait. Requires <see cref="Enter"/>.</summary>
    public long BufferedBytes => queue.Bytes;

    /// <summary>Starts a body: its records become visible to the sender in one step. Dispose the result to end it.</summary>
    public Lock.Scope Enter() => queue.Gate.EnterScope();

    /// <inheritdoc/>
    /// <remarks>Requires <see cref="Enter"/>.</remarks>
    public void Add(in LogRecord record)
    {
        Ledger.CountReceived(1);
        if (writer.ObservesInvocations)
            writer.ObserveInvocation(in record);
        try
        {
            if (rules.HasStages)
                rules.Add(record);
            else if (rules.Keeps(record))
                writer.Write(record);
            else
                Ledger.CountFiltered(1);
        }
        catch (Exception error)
        {
            // An error in a rule or a format costs the current record, not the following ones of the body.
            DropLost(error);
        }
    }

    /// <summary>Makes the added records visible to the sender. Requires <see cref="Enter"/>.</summary>
    /// <param name="signalsSender">False if a flush follows at once, which wakes the sender: it need not be woken twice.</param>
    public void PublishRecords(bool signalsSender = true)
    {
        writer.ReportDrops();
        queue.Held = rules.PendingCount;
        rules.EndBody();
        queue.VerifyLedger();
        if (signalsSender && queue.HasWaiting)
            pump.Signal();
        if (!_drainIsSet && rules.PendingTimeLeft is { } left)
            ScheduleDrain(left);
    }

    /// <inheritdoc cref="SenderPump.WaitForRoom"/>
    public void WaitForRoom() => pump.WaitForRoom();

    /// <summary>Adds a record that the extension itself created. Thread-safe.</summary>
    public void AddOwn(OwnRecord record)
    {
        lock (queue.Gate)
        {
            writer.Write(record);
            pump.Signal();
        }
    }

    /// <inheritdoc cref="SenderPump.Flush"/>
    public FlushResult Flush(DateTimeOffset deadline, bool isFinal)
    {
        Drain(all: isFinal);
        return pump.Flush(deadline, isFinal);
    }

    /// <summary>Passes on the records that rules hold back. Thread-safe.</summary>
    /// <param name="all">Also records that wait for the end of their invocation, because the process ends.</param>
    public void Drain(bool all)
    {
        if (!rules.HasStages)
            return;

        using (Enter())
        {
            try
            {
                rules.Drain(all);
            }
            catch (Exception error)
            {
                // The flush or shutdown that follows has to run.
                DropLost(error);
            }

            PublishRecords();
        }
    }

    /// <inheritdoc cref="SenderPump.UntilAttempt"/>
    public TimeSpan UntilAttempt => pump.UntilAttempt;

    /// <inheritdoc cref="SenderPump.Interrupt"/>
    public void Interrupt(long begunBefore) => pump.Interrupt(begunBefore);

    /// <inheritdoc cref="SenderPump.Resume"/>
    public void Resume(DateTimeOffset? holdDeadline = null) => pump.Resume(holdDeadline);

    /// <inheritdoc cref="SenderPump.BeginShutdown"/>
    public void BeginShutdown() => pump.BeginShutdown();

    /// <summary>
    /// Restores the batches that a previous process of the environment has spilled, and sends them. Call before the first record.
    /// </summary>
    public void Restore()
    {
        spill.Restore();
        using (Enter())
            PublishRecords();
    }

    /// <summary>Ends the pipeline: waiting records are spilled for the next process or dropped, and counted.</summary>
    /// <param name="deadline">When spilling must end, by the wall clock.</param>
    public void Close(DateTimeOffset deadline)
    {
        Drain(all: true);
        spill.Close(deadline);
    }

    /// <inheritdoc cref="Spill.TimeNeeded"/>
    public TimeSpan SpillTime => spill.TimeNeeded;

    /// <summary>
    /// The summary that is logged at the end: where every record is, and what the rules did. Requires <see cref="Enter"/>.
    /// </summary>
    public string Summary() => Ledger.Summary() + rules.Summary;

    void ScheduleDrain(TimeSpan left)
    {
        _drainIsSet = true;
        pump.Schedule(left, _runDrain ??= RunDrain);
    }

    void RunDrain()
    {
        _drainIsSet = false;
        // Lines that are held now may be newer than the ones the timer was set for.
        if (rules.PendingTimeLeft is { } left && left > TimeSpan.Zero)
            ScheduleDrain(left);
        else
            Drain(all: false);
    }

    /// <summary>Counts the records as dropped that are neither written nor held after an error.</summary>
    void DropLost(Exception error)
    {
        Ledger.CountDropped(DropReason.Fault, Ledger.Waiting - queue.Records - rules.PendingCount);
        Report(error);
    }

    void Report(Exception error)
    {
        if (!_faultReported)
            log.Error($"a record could not be written and was dropped; this is logged once: {ExceptionText.Of(error)}");
        _faultReported = true;
    }
}
