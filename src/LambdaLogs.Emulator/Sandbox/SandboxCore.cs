using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Connects the parts of one sandbox: the machine, its processes, the telemetry, and the calls of extensions, the runtime and callers. The
/// endpoints map HTTP requests to these calls. Thread-safe.
/// </summary>
internal sealed class SandboxCore : IAsyncDisposable
{
    readonly SandboxMachine _machine;
    readonly OpenCalls _calls = new();
    readonly TelemetryHub _hub;
    readonly EffectPerformer _performer;
    readonly MemoryLimiter _memory;

    /// <param name="options">The sandbox's options.</param>
    /// <param name="rules">The time limits of the phases.</param>
    /// <param name="resources">The sandbox's files and namespaces. This object owns them.</param>
    /// <param name="environment">The environment variables of the processes.</param>
    public SandboxCore(SandboxOptions options, SandboxRules rules, SandboxResources resources, SandboxEnvironment environment)
    {
        Options = options;
        Rules = rules;
        Resources = resources;
        Environment = environment;
        var pendingCalls = new PendingNextCalls();
        Clock = new SandboxClock(options.Time);
        Transcript = new Transcript(options.Time);
        _hub = new TelemetryHub(new FeedSetup
        {
            Time = options.Time,
            Options = options.Feed,
            Format = options.LogFormat,
            OnDelivery = RecordDelivery,
            Sink = s => s.IsTcp ? new TcpSink(s.Port, resources.NewSocket) : new HttpSink(s, resources.NewSocket),
        });
        _machine = new SandboxMachine(rules, Clock);
        Lines = new FunctionLines(this, _hub, _calls);
        Processes = new ProcessTable(this);
        _performer = new EffectPerformer(this, _hub, _calls, pendingCalls);
        ExtensionCalls = new ExtensionCalls(this, _machine, pendingCalls);
        RuntimeCalls = new RuntimeCalls(this, _machine, pendingCalls, _calls);
        _memory = new MemoryLimiter(options, Processes, Transcript);
        _machine.Perform = _performer.Perform;
    }

    public SandboxOptions Options { get; }

    public SandboxRules Rules { get; }

    public SandboxResources Resources { get; }

    public SandboxEnvironment Environment { get; }

    public SandboxClock Clock { get; }

    public Transcript Transcript { get; }

    public FunctionLines Lines { get; }

    public ProcessTable Processes { get; }

    public TelemetryHub Hub => _hub;

    /// <summary>The calls that extensions make.</summary>
    public ExtensionCalls ExtensionCalls { get; }

    /// <summary>The calls that the runtime makes.</summary>
    public RuntimeCalls RuntimeCalls { get; }

    public SandboxState State => _machine.State;

    public void Post(SandboxInput input) => _machine.Post(input);

    /// <summary>Posts an input if a condition holds, which is evaluated under the machine's lock.</summary>
    public void PostIf(Func<bool> holds, SandboxInput input) => _machine.TryPost(_ => (null, holds() ? input : null));

    /// <summary>Performs an effect outside the reducer, between two of its effects.</summary>
    public void PerformNow(SandboxEffect effect) => _machine.TryPost(_ =>
    {
        _performer.Perform(effect);
        return (null, null);
    });

    /// <inheritdoc cref="SandboxMachine.WhenAsync"/>
    public Task WhenAsync(Func<SandboxState, bool> matches, CancellationToken cancel) => _machine.WhenAsync(matches, cancel);

    /// <summary>Starts the memory watch. Init starts with an input.</summary>
    public void Start()
    {
        if (Rules.Function.Initialization is InitializationType.SnapStart)
            _hub.Pause();
        _memory.Start();
    }

    /// <summary>Invokes the function. The tasks of the call report the rest.</summary>
    public void Invoke(InvokeCall call)
    {
        _calls.Add(call);
        Clock.Age = TimeSpan.Zero;
        Post(new SandboxInput.InvokeRequested(call.RequestId, call.TraceId, call.Qualifier, call.TenantId));
    }

    public async ValueTask DisposeAsync()
    {
        // The machine is closed first, so that the end of a process does not start another.
        _machine.Close();
        _memory.Dispose();
        _performer.Dispose();
        await Processes.DisposeAsync();
        _calls.CancelAll();
        await _hub.DisposeAsync();
        Resources.Dispose();
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
