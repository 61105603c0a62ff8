using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Performs the reducer's effects. Called under the machine's lock; it must not block.</summary>
internal sealed class EffectPerformer(SandboxCore core, TelemetryHub hub, OpenCalls calls, PendingNextCalls pendingCalls) : IDisposable
{
    readonly Dictionary<string, (long Number, ITimer Timer)> _timers = [];
    readonly PlatformEventPublisher _publisher = new(core, hub, calls);
    long _timersSet;

    public void Perform(SandboxEffect effect)
    {
        switch (effect)
        {
            case SandboxEffect.Entered entered:
                core.Transcript.Add(TranscriptKind.Phase, null, entered.Phase.ToString(), core.State.Current?.RequestId);
                break;
            case SandboxEffect.Publish publish:
                _publisher.PublishWithFaults(publish.Event);
                break;
            case SandboxEffect.SendInvocation send:
                SendInvocation(send.Invocation);
                break;
            case SandboxEffect.RestoreRuntime:
                core.Transcript.Add(TranscriptKind.EventSent, TranscriptEvent.Runtime, "the restored snapshot");
                pendingCalls.CompleteRestore();
                break;
            case SandboxEffect.SendEvent send:
                SendEvent(send);
                break;
            case SandboxEffect.RespondToCaller response:
                RespondToCaller(response.RequestId);
                break;
            case SandboxEffect.FailCaller fail:
                calls.Find(fail.RequestId)?.Responded.TrySetResult(Failure(fail));
                break;
            case SandboxEffect.Finish finish:
                Finish(finish);
                break;
            case SandboxEffect.SetTimer timer:
                SetTimer(timer.Key, timer.Delay);
                break;
            case SandboxEffect.CancelTimer timer:
                CancelTimer(timer.Key);
                break;
            default:
                PerformOnProcesses(effect);
                break;
        }
    }

    public void Dispose()
    {
        foreach (var (_, timer) in _timers.Values)
            timer.Dispose();
        _publisher.Dispose();
    }

    void PerformOnProcesses(SandboxEffect effect)
    {
        switch (effect)
        {
            case SandboxEffect.LaunchExtensions:
                core.Post(core.Processes.LaunchExtensions());
                break;
            case SandboxEffect.StartRuntime:
                if (core.Processes.StartRuntime() is { } failed)
                    core.Post(failed);
                break;
            case SandboxEffect.TerminateRuntime:
                core.Processes.Runtime?.Terminate();
                break;
            case SandboxEffect.KillRuntime:
                core.Processes.KillRuntime();
                break;
            case SandboxEffect.KillExtension kill:
                core.Processes.KillExtension(kill.Name);
                break;
            case SandboxEffect.Freeze:
                Freeze();
                break;
            case SandboxEffect.Thaw:
                Thaw();
                break;
            default:
                PerformOnTelemetry(effect);
                break;
        }
    }

    void PerformOnTelemetry(SandboxEffect effect)
    {
        switch (effect)
        {
            case SandboxEffect.OpenSubscriptions:
                // Lines that new processes write before their first invocation do not belong to an earlier one.
                calls.Latest = null;
                hub.Open();
                if (core.Rules.Function.Initialization is not InitializationType.SnapStart || core.State.InvocationsStarted > 0)
                    hub.Resume();
                break;
            case SandboxEffect.FlushTelemetry:
                _ = FlushAsync();
                break;
            case SandboxEffect.CloseSubscriptions:
                hub.Close();
                break;
            case SandboxEffect.GenerationEnded:
                hub.Pause();
                core.Processes.KillStrayProcesses();
                pendingCalls.Clear();
                break;
            default:
                throw new ArgumentException($"Unknown effect {effect.GetType().Name}.", nameof(effect));
        }
    }

    async Task FlushAsync()
    {
        await hub.FlushAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        core.Post(new SandboxInput.TelemetryFlushed());
    }

    void SendInvocation(Invocation invocation)
    {
        var call = calls.Find(invocation.RequestId)!;
        calls.Latest = call;
        core.Transcript.Add(
            TranscriptKind.InvocationSent, TranscriptEvent.Runtime, $"invocation {invocation.Number}", invocation.RequestId);
        pendingCalls.Complete(new RuntimeInvocation(invocation, call));
    }

    void SendEvent(SandboxEffect.SendEvent send)
    {
        var text = send.Event is ExtensionEvent.Shutdown shutdown ? $"SHUTDOWN {shutdown.Reason}" : "INVOKE";
        core.Transcript.Add(TranscriptKind.EventSent, send.Name, text, (send.Event as ExtensionEvent.Invoke)?.RequestId);
        pendingCalls.Complete(send.Name, send.Event);
    }

    void RespondToCaller(string requestId)
    {
        if (calls.Find(requestId) is { Posted: { } posted } call)
            call.Responded.TrySetResult(new InvokeResponse(posted.Body, posted.ErrorType is null ? null : "Unhandled", posted.ContentType));
    }

    static InvokeResponse Failure(SandboxEffect.FailCaller fail) => new(
        ApiError.Object(("errorType", fail.ErrorType), ("errorMessage", $"RequestId: {fail.RequestId} Error: {fail.Message}")),
        "Unhandled");

    void Finish(SandboxEffect.Finish finish)
    {
        var (invocation, outcome, added) = finish;
        core.Transcript.Add(TranscriptKind.InvocationFinished, null, outcome.ErrorType ?? outcome.Status, invocation.RequestId);
        if (calls.Find(invocation.RequestId) is not { } call)
            return;

        TimeSpan? handler = invocation is { Sent: { } sent, RuntimeDone: { } done } ? done.Since(sent) : null;
        call.Finished.TrySetResult(new InvokeEnd(outcome, handler, added));
        calls.Remove(invocation.RequestId);
    }

    void Freeze()
    {
        if (!core.Options.Freeze)
            return;

        hub.Pause();
        core.Processes.SamplePeaks();
        core.Processes.Freeze();
        core.Transcript.Add(TranscriptKind.Frozen, null, "");
    }

    void Thaw()
    {
        if (!core.Options.Freeze)
            return;

        core.Transcript.Add(TranscriptKind.Thawed, null, "");
        core.Processes.Thaw();
        hub.Resume();
    }

    void SetTimer(string key, TimeSpan delay)
    {
        CancelTimer(key);
        var number = ++_timersSet;
        var timer = core.Options.Time.CreateTimer(_ => TimerFired(key, number), null, delay, Timeout.InfiniteTimeSpan);
        _timers[key] = (number, timer);
    }

    /// <summary>Ignores a timer that was replaced or cancelled while it fired.</summary>
    void TimerFired(string key, long number) => core.PostIf(
        () => _timers.TryGetValue(key, out var set) && set.Number == number, new SandboxInput.TimerFired(key));

    void CancelTimer(string key)
    {
        if (_timers.Remove(key, out var set))
            set.Timer.Dispose();
    }
}
