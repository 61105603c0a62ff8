using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// One sandbox: what its processes and callers can ask of it. The endpoints turn HTTP into these calls. For any thread.
/// </summary>
internal sealed class SandboxCore : IAsyncDisposable
{
    readonly SandboxMachine _machine;
    readonly Waiters _waiters = new();
    readonly OpenCalls _calls = new();
    readonly TelemetryHub _hub;
    readonly EffectPerformer _performer;
    readonly MemoryWatch _memory;

    /// <param name="options">What is emulated.</param>
    /// <param name="rules">The same as limits of the phases.</param>
    /// <param name="files">Owned from here on.</param>
    /// <param name="environment">Of the processes.</param>
    public SandboxCore(SandboxOptions options, SandboxRules rules, ExtensionFiles files, SandboxEnvironment environment)
    {
        Options = options;
        Rules = rules;
        Files = files;
        Environment = environment;
        Clock = new SandboxClock(options.Time);
        Transcript = new Transcript(options.Time);
        _hub = new TelemetryHub(new FeedSetup
        {
            Time = options.Time,
            Options = options.Feed,
            Format = options.LogFormat,
            OnDelivery = RecordDelivery,
        });
        _machine = new SandboxMachine(rules, Clock);
        Lines = new FunctionLines(this, _hub, _calls);
        Processes = new ProcessTable(this);
        _performer = new EffectPerformer(this, _hub, _calls, _waiters);
        _memory = new MemoryWatch(options, Processes, Transcript);
        _machine.Perform = _performer.Perform;
    }

    public SandboxOptions Options { get; }

    public SandboxRules Rules { get; }

    public ExtensionFiles Files { get; }

    public SandboxEnvironment Environment { get; }

    public SandboxClock Clock { get; }

    public Transcript Transcript { get; }

    public FunctionLines Lines { get; }

    public ProcessTable Processes { get; }

    public TelemetryHub Hub => _hub;

    public SandboxState State => _machine.State;

    public void Post(SandboxInput input) => _machine.Post(input);

    /// <summary>Posts an input if something still holds; asked under the machine's lock.</summary>
    public void PostIf(Func<bool> holds, SandboxInput input) => _machine.TryPost(_ => (null, holds() ? input : null));

    /// <inheritdoc cref="SandboxMachine.WhenAsync"/>
    public Task WhenAsync(Func<SandboxState, bool> matches, CancellationToken cancel) => _machine.WhenAsync(matches, cancel);

    /// <summary>Starts the watch over memory. Init comes with an input.</summary>
    public void Start()
    {
        if (Rules.Function.Initialization is InitializationType.SnapStart)
            _hub.Pause();
        _memory.Start();
    }

    /// <summary>Registers an extension.</summary>
    /// <returns>Its identifier, or why not.</returns>
    public (string Id, ApiError? Error) Register(string name, IReadOnlyList<string> events)
    {
        var id = Guid.NewGuid().ToString();
        var error = _machine.TryPost(state =>
        {
            if (Admission.Register(state, name, events) is { } refused)
                return (refused, null);

            Transcript.Add(TranscriptKind.Registered, name, string.Join(", ", events));
            return (null, new SandboxInput.Registered(name, id, [.. events]));
        });
        return (id, error);
    }

    /// <summary>Waits for the extension's next event. Throws <see cref="ApiRefused"/>.</summary>
    /// <param name="id">As sent; null where the header is missing.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<ExtensionEvent> ExtensionNextAsync(string? id, CancellationToken cancel)
    {
        Processes.Extension(State.ExtensionById(id ?? "")?.Name ?? "")?.Drain();
        Task<ExtensionEvent>? waiting = null;
        var name = "";
        var error = _machine.TryPost(state =>
        {
            var (extension, unknown) = Admission.Identify(state, id);
            if (unknown is not null || (unknown = Admission.Next(extension!)) is not null)
                return (unknown, null);

            name = extension!.Name;
            Transcript.Add(TranscriptKind.NextAsked, name, "", state.Current?.RequestId);
            waiting = _waiters.AddExtension(name);
            return (null, new SandboxInput.NextAsked(name));
        });
        if (error is not null)
            throw new ApiRefused(error);

        try
        {
            return await waiting!.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            Leave(name, () => _waiters.RemoveExtension(name, waiting!), new SandboxInput.NextLeft(name));
            throw;
        }
    }

    /// <summary>An extension's <c>init/error</c> or <c>exit/error</c>.</summary>
    public ApiError? ReportError(string? id, string errorType, bool isInit) => _machine.TryPost(state =>
    {
        var (extension, unknown) = Admission.Identify(state, id);
        if (unknown is not null || (unknown = Admission.Error(extension!, isInit)) is not null)
            return (unknown, null);

        Transcript.Add(TranscriptKind.ErrorReported, extension!.Name, errorType, state.Current?.RequestId);
        var isRepeated = extension.Status is ExtensionStatus.InitError or ExtensionStatus.ExitError;
        return (null, isRepeated ? null : new SandboxInput.ErrorReported(extension.Name, isInit, errorType));
    });

    /// <summary>Subscribes an extension to telemetry.</summary>
    /// <returns>Null where it is subscribed.</returns>
    public ApiError? Subscribe(string? id, ReadOnlyMemory<byte> body) => new Subscriptions(this).Subscribe(id, body);

    /// <summary>Waits for the next invocation. Throws <see cref="ApiRefused"/>.</summary>
    public async Task<RuntimeInvocation> RuntimeNextAsync(CancellationToken cancel)
    {
        // What the handler wrote before it came here belongs before platform.runtimeDone.
        Processes.Runtime?.Drain();
        Task<Invocation>? waiting = null;
        var error = _machine.TryPost(state =>
        {
            if (Admission.RuntimeNext(state) is { } refused)
                return (refused, null);

            Transcript.Add(TranscriptKind.NextAsked, TranscriptEvent.Runtime, "", state.Current?.RequestId);
            waiting = _waiters.AddRuntime();
            return (null, new SandboxInput.RuntimeNextAsked());
        });
        if (error is not null)
            throw new ApiRefused(error);

        try
        {
            var invocation = await waiting!.WaitAsync(cancel);
            return new RuntimeInvocation(invocation, _calls.Find(invocation.RequestId)!);
        }
        catch (OperationCanceledException)
        {
            Leave(TranscriptEvent.Runtime, () => _waiters.RemoveRuntime(waiting!), new SandboxInput.RuntimeNextLeft());
            throw;
        }
    }

    /// <summary>The runtime's response or error.</summary>
    /// <param name="began">When its first byte came.</param>
    public ApiError? Respond(string requestId, Moment began, RuntimePost post) => _machine.TryPost(state =>
    {
        if (Admission.Respond(state, requestId) is { } refused)
            return (refused, null);

        _calls.Find(requestId)!.Posted = post;
        Transcript.Add(TranscriptKind.Responded, TranscriptEvent.Runtime, post.ErrorType ?? $"{post.Body.Length} bytes", requestId);
        return (null, new SandboxInput.RuntimeResponded(requestId, began, post.Body.Length));
    });

    /// <summary>The runtime cannot start.</summary>
    public ApiError? RuntimeInitError(string errorType, ReadOnlyMemory<byte> body) => _machine.TryPost(state =>
    {
        if (Admission.RuntimeInitError(state) is { } refused)
            return (refused, null);

        Transcript.Add(TranscriptKind.ErrorReported, TranscriptEvent.Runtime, errorType);
        return (null, new SandboxInput.RuntimeInitFailed(errorType, ErrorBodies.Message(body)));
    });

    /// <summary>Invokes the function. The call's tasks tell the rest.</summary>
    public void Invoke(InvokeCall call)
    {
        _calls.Add(call);
        Clock.Age = TimeSpan.Zero;
        Post(new SandboxInput.InvokeRequested(call.RequestId, call.TraceId));
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
        Files.Dispose();
    }

    /// <summary>A caller went away. Where it was answered in the same moment, it counts as answered.</summary>
    void Leave(string who, Func<bool> remove, SandboxInput input) => _machine.TryPost(_ =>
    {
        if (!remove())
            return (null, null);

        Transcript.Add(TranscriptKind.NextLeft, who, "");
        return (null, input);
    });

    void RecordDelivery(Delivery delivery) => Transcript.Add(
        new TranscriptEvent(default, TranscriptKind.Telemetry, delivery.Subscriber, delivery.Error ?? $"{delivery.Bytes} bytes")
        {
            Code = delivery.Items,
            Took = delivery.Took,
        });
}
