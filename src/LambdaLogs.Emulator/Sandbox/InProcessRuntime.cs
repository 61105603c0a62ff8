using System.Text;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Runs a handler in the emulator's process instead of a runtime. It goes through the same states, but a freeze cannot stop it and a kill
/// only cancels it; whatever it does afterwards is ignored.
/// </summary>
internal sealed class InProcessRuntime : IRuntime
{
    readonly SandboxCore _core;
    readonly FunctionSource.FromHandler _source;
    readonly Action<ReadOnlyMemory<byte>, string?> _onLine;
    readonly Action<ExitStatus> _onExit;
    readonly CancellationTokenSource _killed = new();
    int _hasExited;

    /// <param name="core">The sandbox whose calls the runtime makes.</param>
    /// <param name="source">The handler.</param>
    /// <param name="onLine">Receives each line and the request it belongs to.</param>
    /// <param name="onExit">Called once.</param>
    public InProcessRuntime(
        SandboxCore core, FunctionSource.FromHandler source, Action<ReadOnlyMemory<byte>, string?> onLine, Action<ExitStatus> onExit)
    {
        _core = core;
        _source = source;
        _onLine = onLine;
        _onExit = onExit;
    }

    public long ResidentBytes => 0;

    /// <summary>Starts one loop per concurrent invocation.</summary>
    public void Start(int concurrency) => _ = Task.Run(() => RunAsync(concurrency));

    public void Terminate() => Exit(new ExitStatus(143, 15));

    public void Kill() => Exit(new ExitStatus(137, 9));

    public void KillOutOfMemory() => Exit(new ExitStatus(137, 9, OutOfMemory: true));

    public void Freeze()
    {
    }

    public void Thaw()
    {
    }

    public void Drain()
    {
    }

    public long SamplePeak() => 0;

    async Task RunAsync(int concurrency)
    {
        try
        {
            await _source.Init(_killed.Token);
        }
        catch (FunctionCrash crash)
        {
            Exit(crash.Status);
            return;
        }
        catch (Exception e) when (!_killed.IsCancellationRequested)
        {
            // Any exception in the customer's code is an init error of the runtime.
            _core.RuntimeCalls.InitError($"Function.{e.GetType().Name}", ErrorBody(e));
            Exit(new ExitStatus(1));
            return;
        }

        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => LoopAsync()));
    }

    async Task LoopAsync()
    {
        try
        {
            while (true)
                await ServeAsync(await _core.RuntimeCalls.NextAsync(_killed.Token));
        }
        catch (FunctionCrash crash)
        {
            Exit(crash.Status);
        }
        catch (Exception e) when (e is OperationCanceledException or ApiRefused)
        {
            // The runtime was killed or the sandbox has ended.
        }
    }

    async Task ServeAsync(RuntimeInvocation item)
    {
        var requestId = item.Invocation.RequestId;
        var context = new InvocationContext(line => WriteLine(line, requestId))
        {
            RequestId = requestId,
            TenantId = item.Invocation.TenantId,
            Payload = item.Call.Payload,
            Deadline = item.Invocation.Deadline,
            Number = item.Invocation.Number,
            Cancel = _killed.Token,
        };
        RuntimePost post;
        try
        {
            var response = await _source.Handler(context);
            post = new RuntimePost(Encoding.UTF8.GetBytes(response), null, "application/json");
        }
        catch (Exception e) when (e is not FunctionCrash && !_killed.IsCancellationRequested)
        {
            // Any exception in the customer's code is a handler error.
            post = new RuntimePost(ErrorBody(e), $"Function.{e.GetType().Name}", "application/json");
        }

        _core.RuntimeCalls.Respond(requestId, _core.Clock.Now(), post);
    }

    void WriteLine(ReadOnlyMemory<byte> line, string requestId)
    {
        if (!_killed.IsCancellationRequested)
            _onLine(line, requestId);
    }

    void Exit(ExitStatus status)
    {
        if (Interlocked.Exchange(ref _hasExited, 1) == 1)
            return;

        _onExit(status);

        // Cancels on another thread: this one may hold the machine's lock, and cancellation callbacks would run on it.
        _ = _killed.CancelAsync();
    }

    static byte[] ErrorBody(Exception e) => ApiError.Object(("errorType", e.GetType().Name), ("errorMessage", e.Message));
}
