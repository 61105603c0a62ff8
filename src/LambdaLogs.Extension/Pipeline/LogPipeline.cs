using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// The way of a record from the reader to the endpoint: rules, encode into the open batch, wait, be sent. Everything up to the wait is
/// synchronous on the listener's thread; the sender has a thread of its own.
/// </summary>
/// <param name="rules">What is forwarded, and how it is cleaned. Their end is <paramref name="writer"/>.</param>
/// <param name="writer">Encodes into batches.</param>
/// <param name="queue">What waits.</param>
/// <param name="pump">Sends what waits.</param>
/// <param name="spill">Keeps what could not be sent.</param>
/// <param name="log">Own log lines.</param>
internal sealed class LogPipeline(Rules rules, BatchWriter writer, BatchQueue queue, SenderPump pump, Spill spill, ExtensionLog log)
    : IRecordSink
{
    Action? _drainDue;
    bool _drainIsSet;
    bool _faultReported;

    /// <summary>Where every record is. Read with <see cref="Enter"/> held.</summary>
    public Ledger Ledger => queue.Ledger;

    /// <inheritdoc cref="SenderPump.Start"/>
    public void Start() => pump.Start();

    /// <summary>Bytes of records that wait. Read with <see cref="Enter"/> held.</summary>
    public long BufferedBytes => queue.Bytes;

    /// <summary>Begins a body: its records go into the pipeline as one step, seen from the sender. Dispose to end it.</summary>
    public Lock.Scope Enter() => queue.Gate.EnterScope();

    /// <inheritdoc/>
    /// <remarks>Call between <see cref="Enter"/> and its end.</remarks>
    public void Add(in LogRecord record)
    {
        Ledger.Receive(1);
        try
        {
            if (rules.HasStages)
                rules.Add(record);
            else if (rules.Keeps(record))
                writer.Write(record);
            else
                Ledger.Filter(1);
        }
        catch (Exception error)
        {
            // A fault of a rule or a format costs the record it is about, not those behind it in the same body.
            GiveUp(error);
        }
    }

    /// <summary>The records of a body are all in. Call between <see cref="Enter"/> and its end.</summary>
    public void EndBody()
    {
        writer.ReportDrops();
        queue.Held = rules.Held;
        rules.EndBody();
        queue.Check();
        if (queue.HasWaiting)
            pump.Notice();
        if (!_drainIsSet && rules.HoldLeft is { } left)
            DrainIn(left);
    }

    /// <inheritdoc cref="SenderPump.WaitForRoom"/>
    public void WaitForRoom() => pump.WaitForRoom();

    /// <summary>Adds a record of our own making. Thread-safe.</summary>
    public void AddOwn(OwnRecord record)
    {
        lock (queue.Gate)
        {
            writer.Write(record);
            pump.Notice();
        }
    }

    /// <inheritdoc cref="SenderPump.Flush"/>
    public FlushResult Flush(DateTimeOffset deadline, bool isFinal)
    {
        Drain(all: isFinal);
        return pump.Flush(deadline, isFinal);
    }

    /// <summary>Hands on what rules hold back. Thread-safe.</summary>
    /// <param name="all">Also what waits for the end of its invocation: the process ends.</param>
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
                // What follows is for everything else: a flush, the end.
                GiveUp(error);
            }

            EndBody();
        }
    }

    /// <inheritdoc cref="SenderPump.UntilAttempt"/>
    public TimeSpan UntilAttempt => pump.UntilAttempt;

    /// <inheritdoc cref="SenderPump.Interrupt"/>
    public void Interrupt(long begunBefore) => pump.Interrupt(begunBefore);

    /// <inheritdoc cref="SenderPump.Resume"/>
    public void Resume(DateTimeOffset? holdsUntil = null) => pump.Resume(holdsUntil);

    /// <summary>Takes back what a former process of the sandbox has left, and sends it. Call before the first record.</summary>
    public void Restore()
    {
        spill.Restore();
        using (Enter())
            EndBody();
    }

    /// <summary>The process ends: what still waits is kept for the next one or given up, and counted.</summary>
    /// <param name="deadline">When nothing more can be kept, by the wall clock.</param>
    public void Close(DateTimeOffset deadline)
    {
        Drain(all: true);
        spill.Close(deadline);
    }

    /// <inheritdoc cref="Spill.TimeNeeded"/>
    public TimeSpan TimeToKeep => spill.TimeNeeded;

    /// <summary>The line at the end: where every record is, and what rules did. Call with <see cref="Enter"/> held.</summary>
    public string Summary() => Ledger.Summary() + rules.Summary;

    void DrainIn(TimeSpan left)
    {
        _drainIsSet = true;
        pump.DoIn(left, _drainDue ??= DrainDue);
    }

    void DrainDue()
    {
        _drainIsSet = false;
        // What is held now may be younger than what the time was set for.
        if (rules.HoldLeft is { } left && left > TimeSpan.Zero)
            DrainIn(left);
        else
            Drain(all: false);
    }

    /// <summary>What is neither written nor held got lost on the way.</summary>
    void GiveUp(Exception error)
    {
        Ledger.Drop(DropReason.Fault, Ledger.Waiting - queue.Records - rules.Held);
        Report(error);
    }

    void Report(Exception error)
    {
        if (!_faultReported)
            log.Error($"a record could not be written and was dropped; this is said once: {FaultText.Of(error)}");
        _faultReported = true;
    }
}
