using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>What a run brought.</summary>
/// <param name="Invocations">In order, those made by the run itself.</param>
/// <param name="Events">The whole transcript.</param>
internal sealed record ScenarioResult(IReadOnlyList<InvokeResult> Invocations, IReadOnlyList<TranscriptEvent> Events)
{
    /// <summary>What became of each subscriber's telemetry.</summary>
    public IReadOnlyList<TelemetryCount> Telemetry { get; init; } = [];

    /// <summary>What each extension got of the telemetry, in the order of <see cref="Extensions"/>.</summary>
    public IReadOnlyList<TelemetryReport> Reports =>
        [.. Extensions.Select(e => TelemetryReport.Of(e, Telemetry.FirstOrDefault(t => t.Subscriber == e.Name)))];

    /// <summary>Why the run failed: an extension that crashed, or a sandbox that never came up. Null where it did not.</summary>
    public string? Failure => Crash() ?? NeverReady();

    /// <summary>From the start of the first Init to its end. Null where it never ended well.</summary>
    public TimeSpan? InitDuration =>
        Enter(Phase.Ready) is { } ready && Enter(Phase.Init) is { } init ? ready.At - init.At : null;

    /// <summary>The extensions whose processes were started, in order.</summary>
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
        !item.IsOfRuntime && item.Phase is (nameof(Phase.Init) or nameof(Phase.Ready) or nameof(Phase.Invoke));

    string? NeverReady() => Enter(Phase.Init) is not null && Enter(Phase.Ready) is null ? "the sandbox never came up" : null;

    TranscriptEvent? Enter(Phase phase) =>
        Events.FirstOrDefault(e => e.Kind is TranscriptKind.Phase && e.Text == phase.ToString());
}
