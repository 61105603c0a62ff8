using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The calls that extensions make. Thread-safe.</summary>
internal sealed class ExtensionCalls(SandboxCore core, SandboxMachine machine, PendingNextCalls pendingCalls)
{
    /// <summary>Registers an extension.</summary>
    /// <returns>Its identifier, or the error.</returns>
    public (string Id, ApiError? Error) Register(string name, IReadOnlyList<string> events)
    {
        var id = Guid.NewGuid().ToString();
        var error = machine.TryPost(state =>
        {
            if (Admission.Register(state, name, events) is { } refused)
                return (refused, null);

            core.Transcript.Add(TranscriptKind.Registered, name, string.Join(", ", events));
            return (null, new SandboxInput.Registered(name, id, [.. events]));
        });
        return (id, error);
    }

    /// <summary>Waits for the extension's next event. Throws <see cref="ApiRefused"/>.</summary>
    /// <param name="id">The identifier as received. Null if the header is missing.</param>
    /// <param name="cancel">Cancelled when the caller disconnects.</param>
    public async Task<ExtensionEvent> NextAsync(string? id, CancellationToken cancel)
    {
        var (name, waiting) = Ask(id);
        try
        {
            return await waiting.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            machine.TryPost(_ => (null, Cancel(name, waiting)));
            throw;
        }
    }

    /// <summary>Handles an extension's <c>init/error</c> or <c>exit/error</c>.</summary>
    public ApiError? ReportError(string? id, string errorType, bool isInit) => machine.TryPost(state =>
    {
        var (extension, unknown) = Admission.Identify(state, id);
        if (unknown is not null || (unknown = Admission.Error(extension!, isInit)) is not null)
            return (unknown, null);

        core.Transcript.Add(TranscriptKind.ErrorReported, extension!.Name, errorType, state.Current?.RequestId);
        var isRepeated = extension.Status is ExtensionStatus.InitError or ExtensionStatus.ExitError;
        return (null, isRepeated ? null : new SandboxInput.ErrorReported(extension.Name, isInit, errorType));
    });

    (string Name, Task<ExtensionEvent> Waiting) Ask(string? id)
    {
        // Lines that the extension wrote before this call must precede its effects.
        if (core.State.ExtensionById(id ?? "") is { } known)
            core.Processes.Extension(known.Name)?.Drain();
        var name = "";
        Task<ExtensionEvent>? waiting = null;
        var error = machine.TryPost(state =>
        {
            var (extension, unknown) = Admission.Identify(state, id);
            if (unknown is not null || (unknown = Admission.Next(extension!)) is not null)
                return (unknown, null);

            name = extension!.Name;
            core.Transcript.Add(TranscriptKind.NextAsked, name, "", state.Current?.RequestId);
            waiting = pendingCalls.AddExtension(name);
            return (null, new SandboxInput.NextAsked(name));
        });
        return error is null ? (name, waiting!) : throw new ApiRefused(error);
    }

    /// <summary>The caller disconnected. If it was responded to at the same moment, the response counts.</summary>
    SandboxInput? Cancel(string name, Task<ExtensionEvent> waiting)
    {
        if (!pendingCalls.RemoveExtension(name, waiting))
            return null;

        core.Transcript.Add(TranscriptKind.NextLeft, name, "");
        return new SandboxInput.NextLeft(name);
    }
}
