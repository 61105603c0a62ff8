using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>Finds in the transcript why an environment did not start.</summary>
internal static class InitFailure
{
    /// <summary>The message.</summary>
    /// <param name="events">The transcript of a run in which no Init succeeded.</param>
    public static string Describe(IReadOnlyList<TranscriptEvent> events)
    {
        var first = events.TakeWhile(e => e.Kind is not TranscriptKind.Phase || e.Text != nameof(Phase.Reset)).ToList();
        return $"the sandbox did not start: {Reason(first)}";
    }

    static string Reason(List<TranscriptEvent> events)
    {
        foreach (var item in events)
        {
            switch (item.Kind)
            {
                case TranscriptKind.ErrorReported:
                    return $"{item.Source} reported {item.Text}";
                case TranscriptKind.LaunchFailed:
                    return $"{item.Source} could not be started: {item.Text}";
                case TranscriptKind.ProcessExited:
                    return $"{item.Source} ended with {item.Text}";
            }
        }

        var started = Sources(events, TranscriptKind.ProcessStarted).Where(s => s != TranscriptEvent.Runtime).ToList();
        var isRuntimeStarted = Sources(events, TranscriptKind.ProcessStarted).Contains(TranscriptEvent.Runtime);
        var unregistered = started.Except(Sources(events, TranscriptKind.Registered)).ToList();
        if (unregistered.Count > 0)
            return $"{Names(unregistered)} did not register (POST /2020-01-01/extension/register){Refused(events)}";

        var asked = Sources(events, TranscriptKind.NextAsked).ToList();
        List<string> missing =
        [
            .. Sources(events, TranscriptKind.Registered).Except(asked)
                .Select(name => $"{name} did not ask for its first event (GET /2020-01-01/extension/event/next)"),
            .. isRuntimeStarted && !asked.Contains(TranscriptEvent.Runtime)
                ? ["the function did not ask for its first invocation (GET /2018-06-01/runtime/invocation/next)"]
                : Array.Empty<string>(),
        ];
        return missing.Count > 0 ? string.Join("; ", missing) : "Init did not end in time";
    }

    /// <summary>A registration that was refused is mostly one with another name than the file's.</summary>
    static string Refused(List<TranscriptEvent> events) =>
        events.LastOrDefault(e => e.Kind is TranscriptKind.RegistrationRefused) is { } refused
            ? $"; a registration as {refused.Source ?? "(no name)"} was refused: {refused.Text};"
                + " the name must be the file name of the extension"
            : "";

    static IEnumerable<string> Sources(IEnumerable<TranscriptEvent> events, TranscriptKind kind) =>
        events.Where(e => e.Kind == kind).Select(e => e.Source).OfType<string>().Distinct();

    static string Names(IReadOnlyList<string> names) => string.Join(", ", names);
}
