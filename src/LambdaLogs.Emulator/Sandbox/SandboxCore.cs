using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// One sandbox, wired: the machine, its processes, the telemetry, and what extensions, the runtime and callers can ask.
/// The endpoints turn HTTP into these calls. For any thread.
/// </summary>
internal sealed class SandboxCore : IAsyncDisposable
{
    readonly SandboxMachine _machine;
    readonly OpenCalls _calls = new();
    readonly TelemetryHub _hub;
    readonly EffectPerformer _performer;
    readonly MemoryWatch _memory;

    /// <param name="options">What is emulated.</param>
    /// <param name="rules">The same as limits of the phases.</param>
    /// <param name="places">Owned from here on.</param>
    /// <param name="environment">Of the processes.</param>
    public SandboxCore(SandboxOptions options, SandboxRules rules, SandboxPlaces places, SandboxEnvironment environment)
    {
        Options = options;
        Rules = rules;
        Places = places;
        Environment = environment;
        var waiters = new Waiters();
        Clock = new SandboxClock(options.Time);
        Transcript = new Transcript(options.Time);
        _hub = new TelemetryHub(new FeedSetup
        {
            Time = options.Time,
            Options = options.Feed,
            Format = options.LogFormat,
            OnDelivery = RecordDelivery,
            Sink = s => s.IsTcp ? new TcpSink(s.Port, places.NewSocket) : new HttpSink(s, places.NewSocket),
        });
        _machine = new SandboxMachine(rules, Clock);
        Lines = new FunctionLines(this, _hub, _calls);
        Processes = new ProcessTable(this);
        _performer = new EffectPerformer(this, _hub, _calls, waiters);
        ExtensionCalls = new ExtensionCalls(this, _machine, waiters);
        RuntimeCalls = new RuntimeCalls(this, _machine, waiters, _calls);
        _memory = new MemoryWatch(options, Processes, Transcript);
        _machine.Perform = _performer.Perform;
    }

    public SandboxOptions Options { get; }

    public SandboxRules Rules { get; }

    public SandboxPlaces Places { get; }

    public SandboxEnvironment Environment { get; }

    public SandboxClock Clock { get; }

    public Transcript Transcript { get; }

    public FunctionLines Lines { get; }

    public ProcessTable Processes { get; }

    public TelemetryHub Hub => _hub;

    /// <summary>What extensions ask.</summary>
    public ExtensionCalls ExtensionCalls { get; }

    /// <summary>What the runtime asks.</summary>
    public RuntimeCalls RuntimeCalls { get; }

    public SandboxState State => _machine.State;

    public void Post(SandboxInput input) => _machine.Post(input);

    /// <summary>Posts an input if something still holds; asked under the machine's lock.</summary>
    public void PostIf(Func<bool> holds, SandboxInput input) => _machine.TryPost(_ => (null, holds() ? input : null));

    /// <summary>Carries an effect out beside the phases, in between two of theirs.</summary>
    public void PerformNow(SandboxEffect effect) => _machine.TryPost(_ =>
    {
        _performer.Perform(effect);
        return (null, null);
    });

    /// <inheritdoc cref="SandboxMachine.WhenAsync"/>
    public Task WhenAsync(Func<SandboxState, bool> matches, CancellationToken cancel) => _machine.WhenAsync(matches, cancel);

    /// <summary>Starts the watch over memory. Init comes with an input.</summary>
    public void Start()
    {
        if (Rules.Function.Initialization is InitializationType.SnapStart)
            _hub.Pause();
        _memory.Start();
    }

    /// <summary>Invokes the function. The call's tasks tell the rest.</summary>
    public void Invoke(InvokeCall call)
    {
        _calls.Add(call);
        Clock.Age = TimeSpan.Zero;
        Post(new SandboxInput.InvokeRequested(call.RequestId, call.TraceId, call.Qualifier, call.TenantId));
    }

    public async ValueTask DisposeAsync()
    {
        // Closed first: the end of a process must not start another.
        _machine.Close();
        _memory.Dispose();
        _performer.Dispose();
        await Processes.DisposeAsync();
        _calls.CancelAll();
        await _hub.DisposeAsync();
        Places.Dispose();
    }

    void RecordDelivery(Delivery delivery) => Transcript.Add(
        new TranscriptEvent(default, TranscriptKind.Telemetry, delivery.Subscriber, delivery.Error ?? $"{delivery.Bytes} bytes")
        {
            Code = delivery.Items,
            Took = delivery.Took,
            IsFailed = delivery.Error is not null,
            Request = Options.RecordBodies ? delivery.Body : null,
        });
}
