using System.Text;
using LambdaLogs.Emulator.Endpoints;
using LambdaLogs.Emulator.Faults;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Sandbox.Isolation;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator;

/// <summary>
/// An emulated execution environment: a function, its extensions and the APIs around them. Disposing it kills all processes. Thread-safe.
/// </summary>
public sealed class EmulatedLambda : IAsyncDisposable
{
    readonly SandboxCore _core;
    readonly ApiServer _runtimeApi;
    readonly ApiServer _invokeApi;
    readonly InvocationServices _invokes;

    EmulatedLambda(SandboxCore core, ApiServer runtimeApi, ApiServer invokeApi, InvocationServices invokes)
    {
        _invokes = invokes;
        _core = core;
        _runtimeApi = runtimeApi;
        _invokeApi = invokeApi;
        Telemetry = new TelemetryControl(core, invokes.Environments);
    }

    /// <summary>The events so far.</summary>
    public Transcript Transcript => _core.Transcript;

    /// <summary>The function's name.</summary>
    public string FunctionName => _core.Options.FunctionName;

    /// <summary>The memory size in MB.</summary>
    public int MemoryMb => _core.Options.MemoryMb;

    /// <summary>An identifier of this environment.</summary>
    public string RunId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Publishes and sends additional telemetry.</summary>
    public TelemetryControl Telemetry { get; }

    /// <summary>The current phase.</summary>
    public Phase Phase => _core.State.Phase;

    /// <summary>What the sandbox shares with the host although the options ask for isolation, and why. Null if nothing.</summary>
    public string? Shared => _core.Resources.CpuLimitProblem ?? SharedResources;

    string? SharedResources => _core.Resources.IsolationProblem is { } missing
        ? $"the sandbox shares /opt, /var/task, /tmp, names and processes with this machine ({missing}); {UserNamespace.Advice}"
        : null;

    /// <summary>The sandbox itself.</summary>
    internal SandboxCore Core => _core;

    /// <summary>The base address of the Lambda API with <c>POST /2015-03-31/functions/{name}/invocations</c>.</summary>
    public Uri InvokeEndpoint => new($"http://127.0.0.1:{_invokeApi.Port}");

    /// <summary>The value of <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string RuntimeApi => $"127.0.0.1:{_runtimeApi.Port}";

    /// <summary>
    /// Starts the servers and, unless it is left to the first invocation, Init. Returns when Init has succeeded or failed, which the
    /// transcript records. Throws IOException if a port is in use and InvalidDataException for a layer that cannot be unpacked.
    /// </summary>
    public static async Task<EmulatedLambda> StartAsync(SandboxOptions options, CancellationToken cancel = default)
    {
        var lambda = await CreateAsync(options);
        await lambda.BeginAsync(cancel);
        return lambda;
    }

    /// <summary>
    /// Starts the servers without Init, so that the caller can watch from the first event. <see cref="BeginAsync"/> must follow.
    /// </summary>
    public static async Task<EmulatedLambda> CreateAsync(SandboxOptions options)
    {
        options = SandboxDefaults.Complete(options);
        var resources = new SandboxResources(options, new ExtensionFiles(options.Layers, options.Extensions));
        SandboxCore? core = null;
        ApiServer? runtimeApi = null;
        try
        {
            var started = new TaskCompletionSource<SandboxCore>();
            runtimeApi = await ApiServer.StartAsync(
                0, async http => await CallRecorder.HandleAsync(http, await started.Task), resources.NewListener());
            var rules = SandboxDefaults.Rules(options);
            var environment = new SandboxEnvironment(options, rules.Function, $"127.0.0.1:{runtimeApi.Port}", options.HostPath!);
            core = new SandboxCore(options, rules, resources, environment);
            started.SetResult(core);
            await WarmUp.RunAsync(runtimeApi.Port, resources.NewSocket);
            var environments = new Environments(core, _ => CreateAsync(ForAdditional(options)));
            var invokes = new InvocationServices(environments, new AsyncInvocations(core, environments));
            var invokeApi = await ApiServer.StartAsync(options.InvokePort, http => InvokeApi.HandleAsync(http, core, invokes));
            return new EmulatedLambda(core, runtimeApi, invokeApi, invokes);
        }
        catch
        {
            await DisposeAsync(core, runtimeApi, null);
            resources.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The options of an additional environment: it starts with its first invocation, and callers reach it through the first environment.
    /// </summary>
    static SandboxOptions ForAdditional(SandboxOptions options) =>
        options with { InvokePort = 0, Concurrency = null, InitOnFirstInvoke = true };

    /// <summary>Invokes the function. Returns when the response is available, which is before the end of the invocation.</summary>
    /// <param name="payload">The event as JSON. Empty means <c>{}</c>.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public Task<InvokeResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel = default) =>
        InvokeAsync(payload, tenantId: null, cancel);

    /// <summary>Invokes the function for a tenant, as with tenant isolation.</summary>
    /// <param name="payload">The event as JSON. Empty means <c>{}</c>.</param>
    /// <param name="tenantId">The tenant ID. Null for none.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task<InvokeResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? tenantId, CancellationToken cancel = default)
    {
        var call = NewCall(payload, tenantId);
        _core.Invoke(call);
        return new InvokeResult(call, await call.Responded.Task.WaitAsync(cancel));
    }

    /// <inheritdoc cref="InvokeAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<InvokeResult> InvokeAsync(string payload = "{}", CancellationToken cancel = default) =>
        InvokeAsync(Encoding.UTF8.GetBytes(payload), cancel);

    /// <summary>
    /// Invokes the function like an external caller: in a free environment or a new one. Returns when the response is available.
    /// </summary>
    /// <returns>Null if the invocation was throttled.</returns>
    internal async Task<InvokeResult?> InvokeAsCallerAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var call = NewCall(payload);
        return await _invokes.Environments.TryInvokeAsync(call)
            ? new InvokeResult(call, await call.Responded.Task.WaitAsync(cancel))
            : null;
    }

    /// <summary>Invokes the function and waits until the invocation is over and the sandbox is frozen.</summary>
    public async Task<InvokeResult> InvokeToEndAsync(string payload = "{}", CancellationToken cancel = default)
    {
        var result = await InvokeAsync(payload, cancel);
        await result.Finished.WaitAsync(cancel);
        await IdleAsync(cancel);
        return result;
    }

    /// <summary>Waits until the sandbox is idle: all processes wait for the next event and are frozen, or none runs.</summary>
    public Task IdleAsync(CancellationToken cancel = default) => _core.WhenAsync(s => s.IsIdle, cancel);

    /// <summary>Waits until the sandbox is idle, then ends it as after a long time without invocations.</summary>
    public async Task ShutdownAsync(CancellationToken cancel = default)
    {
        _core.Clock.Age = TimeSpan.Zero;
        _core.Post(new SandboxInput.ShutdownRequested());
        await _core.WhenAsync(s => s.Phase is Phase.Ended, cancel);
        await _invokes.Environments.ShutdownAsync(cancel);
    }

    /// <summary>Kills the process of an extension. The sandbox handles it like a crash.</summary>
    /// <param name="name">The extension's name. In another environment than the first, the number is appended: <c>name#2</c>.</param>
    /// <returns>False if no such process runs.</returns>
    public bool KillExtension(string name)
    {
        foreach (var (number, other) in _invokes.Environments.Others)
        {
            if (name.EndsWith(Environments.NumberedName(number, ""), StringComparison.Ordinal))
                return other.KillExtension(name[..^Environments.NumberedName(number, "").Length]);
        }

        if (_core.Processes.Extension(name) is null)
            return false;

        _core.Processes.KillExtension(name);
        return true;
    }

    /// <summary>The deliberate faults, which can be changed at any time.</summary>
    public TelemetryFaults Faults => _core.Options.Faults;

    /// <summary>Stops all processes and the telemetry immediately. The time limits of the phases keep running.</summary>
    public void Freeze() => ForEachEnvironment(core => core.PerformNow(new SandboxEffect.Freeze()));

    /// <summary>Continues all processes and the telemetry.</summary>
    public void Thaw() => ForEachEnvironment(core => core.PerformNow(new SandboxEffect.Thaw()));

    /// <summary>The process id of a running extension, or of the runtime for <c>runtime</c>. Null if it does not run.</summary>
    public int? ProcessId(string name) => name == TranscriptEvent.Runtime
        ? (_core.Processes.Runtime as ProcessRuntime)?.Process.Pid
        : _core.Processes.Extension(name)?.Pid;

    /// <summary>The peak resident memory of a running extension in bytes. Zero if it does not run.</summary>
    public long PeakResidentBytes(string name)
    {
        var process = _core.Processes.Extension(name);
        process?.SampleMemory();
        return process?.PeakResidentBytes ?? 0;
    }

    /// <summary>Waits for the first transcript event that matches; earlier events count. Throws TimeoutException.</summary>
    public Task<TranscriptEvent> WaitForAsync(
        Func<TranscriptEvent, bool> matches, TimeSpan timeout, int from = 0, CancellationToken cancel = default) =>
        Transcript.WaitForAsync(matches, timeout, from, cancel);

    public async ValueTask DisposeAsync()
    {
        _invokes.Events.Dispose();
        await _invokes.Environments.DisposeAsync();
        await DisposeAsync(_core, _runtimeApi, _invokeApi);
    }

    InvokeCall NewCall(ReadOnlyMemory<byte> payload, string? tenantId = null) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        Payload = payload.Length == 0 ? "{}"u8.ToArray() : payload,
        TraceId = TraceIds.New(_core.Clock.Time.GetUtcNow()),
        TenantId = tenantId,
    };

    /// <summary>Performs an action in each environment that has not ended.</summary>
    void ForEachEnvironment(Action<SandboxCore> action)
    {
        foreach (var core in _invokes.Environments.Others.Select(o => o.Lambda._core).Prepend(_core))
        {
            if (core.State.Phase is not Phase.Ended)
                action(core);
        }
    }

    static async ValueTask DisposeAsync(SandboxCore? core, ApiServer? runtimeApi, ApiServer? invokeApi)
    {
        if (core is not null)
            await core.DisposeAsync();
        if (runtimeApi is not null)
            await runtimeApi.DisposeAsync();
        if (invokeApi is not null)
            await invokeApi.DisposeAsync();
    }

    /// <summary>Starts Init, unless it is left to the first invocation.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        _core.Start();
        if (_core.Options.InitOnFirstInvoke)
            return;

        _core.Clock.Age = _core.Options.InitAge ?? TimeSpan.Zero;
        _core.Post(new SandboxInput.InitRequested());
        await IdleAsync(cancel);
    }
}
