using System.Security.Cryptography;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>The whole pipeline as the composition builds it, between a test and its destination.</summary>
internal sealed class PipelineRig : IDisposable
{
    readonly SenderPump _pump;
    int _ids;

    public PipelineRig(PipelineOptions? options = null, RetryOptions? retry = null, TimeProvider? time = null, RuleOptions? rules = null, TenantFormats? formats = null)
    {
        options ??= new PipelineOptions { BatchLinger = TimeSpan.Zero };
        time ??= Clock;
        Destination = new ScriptedDestination(time);
        Breaker = new CircuitBreaker(time, () => Unit);
        Queue = new BatchQueue(options, Ledger);
        formats ??= TenantFormats.OfAll(Some.Format());
        Writer = new BatchWriter(formats, Queue, time);
        Context = new PumpContext
        {
            Retry = retry ?? new RetryOptions(),
            Linger = options.BatchLinger,
            Breaker = Breaker,
            Time = time,
            Wait = time as ISignalWait ?? new KernelWait(time),
            Random = () => Unit,
            NewId = () => $"batch-{Interlocked.Increment(ref _ids)}",
            DestinationName = () => "the endpoint",
            Log = Lines.Log,
        };
        var responses = new ResponseHandler(Queue, Writer, Context);
        var filter = new RecordFilter(new FilterOptions());
        Counts = new RuleCounts(Ledger);
        Rules = rules is null ? new Rules(filter) : new Rules(filter, rules, new RuleServices(Counts, time, () => "salt", HMACSHA256.HashData), Writer);
        _pump = new SenderPump(Queue, Destination, responses, Context);
        Pipeline = new LogPipeline(Rules, Writer, Queue, _pump, new Spill(options, Store, Queue, responses, formats, time), Lines.Log);
        Pipeline.Start();
    }

    /// <summary>The clock, unless the test brought its own.</summary>
    public ManualClock Clock { get; } = new();

    /// <summary>The random number that everything gets. Default 0.5.</summary>
    public double Unit { get; set; } = 0.5;

    public CollectedLines Lines { get; } = new();

    /// <summary>What is kept for the next process.</summary>
    public KeptSpill Store { get; } = new();

    public Ledger Ledger { get; } = new();

    public ScriptedDestination Destination { get; }

    public CircuitBreaker Breaker { get; }

    public BatchQueue Queue { get; }

    public BatchWriter Writer { get; }

    public Rules Rules { get; }

    public RuleCounts Counts { get; }

    public PumpContext Context { get; }

    public LogPipeline Pipeline { get; }

    public DateTimeOffset Now => Context.Time.GetUtcNow();

    /// <summary>Whether the sender waits for something to do.</summary>
    public bool IsIdle
    {
        get
        {
            using (Pipeline.Enter())
                return _pump.IsIdle;
        }
    }

    /// <summary>Time passes. Under the gate, so that it never passes while the pump reckons how long to wait.</summary>
    public void Advance(TimeSpan by)
    {
        using (Pipeline.Enter())
            Clock.Advance(by);
    }

    /// <summary>Time passes in milliseconds.</summary>
    public void Advance(int ms) => Advance(TimeSpan.FromMilliseconds(ms));

    /// <summary>One body with lines comes in.</summary>
    public void Add(params ReadOnlySpan<string> messages)
    {
        using (Pipeline.Enter())
        {
            foreach (var message in messages)
                Pipeline.Add(Some.Line(message));
            Pipeline.PublishRecords();
        }
    }

    /// <summary>A flush as the end of an invocation makes it, or the end of the process.</summary>
    public Task<FlushResult> FlushAsync(int ms = 1000, bool isFinal = false) =>
        FlushAsync(Now + TimeSpan.FromMilliseconds(ms), isFinal).Within("the flush to end");

    /// <summary>A flush without any time: nothing is sent from now on.</summary>
    public void Pause() => Pipeline.Flush(Now, isFinal: false);

    /// <summary>The process ends, with time enough to keep what waits.</summary>
    public void End() => Pipeline.Close(Now + TimeSpan.FromSeconds(1));

    /// <summary>Something of the ledger, read as it has to be.</summary>
    public T Read<T>(Func<Ledger, T> read)
    {
        using (Pipeline.Enter())
        {
            Queue.VerifyLedger();
            return read(Ledger);
        }
    }

    public void Dispose()
    {
        Destination.Close();
        _pump.Dispose();
    }

    /// <summary>On a thread of its own, as the loop's is: it blocks.</summary>
    Task<FlushResult> FlushAsync(DateTimeOffset deadline, bool isFinal) => Task.Factory.StartNew(
        () => Pipeline.Flush(deadline, isFinal), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
