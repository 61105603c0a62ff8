using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>The result of a run.</summary>
/// <param name="Invocations">The invocations that the run made, in order.</param>
/// <param name="Events">The complete transcript.</param>
internal sealed record ScenarioResult(IReadOnlyList<InvokeResult> Invocations, IReadOnlyList<TranscriptEvent> Events)
{
    /// <summary>The telemetry counts of each subscriber.</summary>
    public IReadOnlyList<TelemetryCount> Telemetry { get; init; } = [];

    /// <summary>The telemetry reports of all extensions, in the order of <see cref="Extensions"/>.</summary>
    public IReadOnlyList<TelemetryReport> Reports =>
        [.. Extensions.Select(e => TelemetryReport.Of(e, Telemetry.FirstOrDefault(t => t.Subscriber == e.Name)))];

    /// <summary>Why the run failed: an extension crashed, or the sandbox did not start. Null if it succeeded.</summary>
    public string? Failure => Crash() ?? (HasNotStarted ? InitFailure.Describe(Events) : null);

    /// <summary>The duration of the first Init. Null if it did not succeed.</summary>
    public TimeSpan? InitDuration =>
        PhaseEntered(Phase.Ready) is { } ready && PhaseEntered(Phase.Init) is { } init ? ready.At - init.At : null;

    /// <summary>The extensions that were started, in order.</summary>
    public IReadOnlyList<ExtensionTranscript> Extensions =>
    [
        .. Events.Where(e => e.Kind is TranscriptKind.ProcessStarted && !e.IsOfRuntime)
            .Select(e => e.Source!).Distinct()
            .Select(name => new ExtensionTranscript(name, [.. Events.Where(e => e.Source == name)])),
    ];

    string? Crash()
    {
        foreach (var item in Events)
        {
            if (item.Kind is TranscriptKind.LaunchFailed)
                return $"{item.Source} could not be started: {item.Text}";
            if (item.Kind is TranscriptKind.ProcessExited && IsCrash(item))
                return $"{item.Source} crashed: {item.Text}";
        }

        return null;
    }

    static bool IsCrash(TranscriptEvent item) =>
        !item.IsOfRuntime && item.Phase is (nameof(Phase.Init) or nameof(Phase.Ready) or nameof(Phase.Restore) or nameof(Phase.Invoke));

    bool HasNotStarted => PhaseEntered(Phase.Init) is not null && PhaseEntered(Phase.Ready) is null;

    TranscriptEvent? PhaseEntered(Phase phase) =>
        Events.FirstOrDefault(e => e.Kind is TranscriptKind.Phase && e.Text == phase.ToString());
}
