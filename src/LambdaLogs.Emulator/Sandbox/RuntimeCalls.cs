using System.Threading.Channels;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>What the runtime can ask of the sandbox, from its process or from a handler in this one. For any thread.</summary>
internal sealed class RuntimeCalls(SandboxCore core, SandboxMachine machine, Waiters waiters, OpenCalls calls)
{
    /// <summary>Waits for the next invocation. Throws <see cref="ApiRefused"/>.</summary>
    /// <param name="cancel">The caller went away.</param>
    public async Task<RuntimeInvocation> NextAsync(CancellationToken cancel)
    {
        var waiting = Ask();
        try
        {
            return await waiting.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            machine.TryPost(_ => (null, Leave(waiting)));
            throw;
        }
    }

    /// <summary>Where the parts of a response go as they come. Null where its caller waits for the whole.</summary>
    public Channel<ReadOnlyMemory<byte>>? Parts(string requestId) => calls.Find(requestId)?.Parts;

    /// <summary>The runtime's response or error.</summary>
    /// <param name="began">When its first byte came.</param>
    public ApiError? Respond(string requestId, Moment began, RuntimePost post) => machine.TryPost(state =>
    {
        if (Admission.Respond(state, requestId) is { } refused)
            return (refused, null);

        calls.Find(requestId)!.Posted = post;
        core.Transcript.Add(TranscriptKind.Responded, TranscriptEvent.Runtime, post.ErrorType ?? $"{post.Body.Length} bytes", requestId);
        return (null, new SandboxInput.RuntimeResponded(requestId, began, post.Body.Length));
    });

    /// <summary>The runtime cannot start.</summary>
    public ApiError? InitError(string errorType, ReadOnlyMemory<byte> body) => machine.TryPost(state =>
    {
        if (Admission.RuntimeInitError(state) is { } refused)
            return (refused, null);

        core.Transcript.Add(TranscriptKind.ErrorReported, TranscriptEvent.Runtime, errorType);
        return (null, new SandboxInput.RuntimeInitFailed(errorType, ErrorBodies.Message(body)));
    });

    Task<RuntimeInvocation> Ask()
    {
        // What the handler wrote before it came here belongs before platform.runtimeDone.
        core.Processes.Runtime?.Drain();
        Task<RuntimeInvocation>? waiting = null;
        var error = machine.TryPost(state =>
        {
            if (Admission.RuntimeNext(state) is { } refused)
                return (refused, null);

            core.Transcript.Add(TranscriptKind.NextAsked, TranscriptEvent.Runtime, "", state.Current?.RequestId);
            waiting = waiters.AddRuntime();
            return (null, new SandboxInput.RuntimeNextAsked());
        });
        return error is null ? waiting! : throw new ApiRefused(error);
    }

    /// <summary>The caller went away. Where it was responded to in the same moment, it counts as responded.</summary>
    SandboxInput? Leave(Task<RuntimeInvocation> waiting)
    {
        if (!waiters.RemoveRuntime(waiting))
            return null;

        core.Transcript.Add(TranscriptKind.NextLeft, TranscriptEvent.Runtime, "");
        return new SandboxInput.RuntimeNextLeft();
    }
}
