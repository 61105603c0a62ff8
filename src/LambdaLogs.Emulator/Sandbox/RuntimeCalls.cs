using System.Threading.Channels;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The calls that the runtime makes, as a process or in-process. Thread-safe.</summary>
internal sealed class RuntimeCalls(SandboxCore core, SandboxMachine machine, PendingNextCalls pendingCalls, OpenCalls calls)
{
    /// <summary>Waits for the next invocation. Throws <see cref="ApiRefused"/>.</summary>
    /// <param name="cancel">Cancelled when the caller disconnects.</param>
    public async Task<RuntimeInvocation> NextAsync(CancellationToken cancel)
    {
        var waiting = RequestNext();
        try
        {
            return await waiting.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            machine.TryPost(_ => (null, Cancel(waiting)));
            throw;
        }
    }

    /// <summary>Waits until the snapshot is restored. Throws <see cref="ApiRefused"/>.</summary>
    /// <param name="cancel">Cancelled when the caller disconnects.</param>
    public Task RestoreNextAsync(CancellationToken cancel)
    {
        // Lines that the runtime wrote before this call must precede the end of Init.
        core.Processes.Runtime?.Drain();
        Task? waiting = null;
        var error = machine.TryPost(state =>
        {
            if (Admission.RuntimeRestoreNext(state) is { } refused)
                return (refused, null);

            core.Transcript.Add(TranscriptKind.NextAsked, TranscriptEvent.Runtime, "the restore");
            waiting = pendingCalls.AddRestore();
            return (null, new SandboxInput.RestoreNextAsked());
        });
        return error is null ? waiting!.WaitAsync(cancel) : throw new ApiRefused(error);
    }

    /// <summary>Handles a hook that failed after the restore.</summary>
    public ApiError? RestoreError(string errorType, ReadOnlyMemory<byte> body) => machine.TryPost(state =>
    {
        if (Admission.RuntimeRestoreError(state) is { } refused)
            return (refused, null);

        core.Transcript.Add(TranscriptKind.ErrorReported, TranscriptEvent.Runtime, errorType);
        return (null, new SandboxInput.RestoreFailed(errorType, ErrorBodies.Message(body)));
    });

    /// <summary>The channel for the parts of a streamed response. Null if the caller waits for the whole response.</summary>
    public Channel<ReadOnlyMemory<byte>>? Parts(string requestId) => calls.Find(requestId)?.Parts;

    /// <summary>Handles the runtime's response or error.</summary>
    /// <param name="began">When the first byte of the response arrived.</param>
    public ApiError? Respond(string requestId, Moment began, RuntimePost post) => machine.TryPost(state =>
    {
        if (Admission.Respond(state, requestId) is { } refused)
            return (refused, null);

        calls.Find(requestId)!.Posted = post;
        core.Transcript.Add(TranscriptKind.Responded, TranscriptEvent.Runtime, post.ErrorType ?? $"{post.Body.Length} bytes", requestId);
        return (null, new SandboxInput.RuntimeResponded(requestId, began, post.Body.Length));
    });

    /// <summary>Handles an init error of the runtime.</summary>
    public ApiError? InitError(string errorType, ReadOnlyMemory<byte> body) => machine.TryPost(state =>
    {
        if (Admission.RuntimeInitError(state) is { } refused)
            return (refused, null);

        core.Transcript.Add(TranscriptKind.ErrorReported, TranscriptEvent.Runtime, errorType);
        return (null, new SandboxInput.RuntimeInitFailed(errorType, ErrorBodies.Message(body)));
    });

    Task<RuntimeInvocation> RequestNext()
    {
        // Lines that the handler wrote before this call must precede platform.runtimeDone.
        core.Processes.Runtime?.Drain();
        Task<RuntimeInvocation>? waiting = null;
        var error = machine.TryPost(state =>
        {
            if (Admission.RuntimeNext(state) is { } refused)
                return (refused, null);

            core.Transcript.Add(TranscriptKind.NextAsked, TranscriptEvent.Runtime, "", state.Current?.RequestId);
            waiting = pendingCalls.AddRuntime();
            return (null, new SandboxInput.RuntimeNextAsked());
        });
        return error is null ? waiting! : throw new ApiRefused(error);
    }

    /// <summary>The caller disconnected. If it was responded to at the same moment, the response counts.</summary>
    SandboxInput? Cancel(Task<RuntimeInvocation> waiting)
    {
        if (!pendingCalls.RemoveRuntime(waiting))
            return null;

        core.Transcript.Add(TranscriptKind.NextLeft, TranscriptEvent.Runtime, "");
        return new SandboxInput.RuntimeNextLeft();
    }
}
