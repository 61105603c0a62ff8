namespace LambdaLogs.Emulator.Transcripts;

/// <summary>What one extension did. Times are since the sandbox was made; a snapshot, so ask again for what came later.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Events">What concerns it, in order.</param>
public sealed record ExtensionTranscript(string Name, IReadOnlyList<TranscriptEvent> Events)
{
    /// <summary>When its process was last started. Null where it was not.</summary>
    public TimeSpan? StartedAt => Last(TranscriptKind.ProcessStarted)?.At;

    /// <summary>How often its process was started.</summary>
    public int Starts => Of(TranscriptKind.ProcessStarted).Count();

    /// <summary>When it last registered. Null where it did not.</summary>
    public TimeSpan? RegisteredAt => Last(TranscriptKind.Registered)?.At;

    /// <summary>Every call for the next event.</summary>
    public IReadOnlyList<TimeSpan> Nexts => [.. Of(TranscriptKind.NextAsked).Select(e => e.At)];

    /// <summary>The first call for the next event. Null before.</summary>
    public TimeSpan? FirstNextAt => Of(TranscriptKind.NextAsked).FirstOrDefault()?.At;

    /// <summary>The code it last ended with; 128 + signal where a signal ended it. Null before its first end.</summary>
    public int? ExitCode => Last(TranscriptKind.ProcessExited)?.Code;

    /// <summary>When it last ended. Null before its first end.</summary>
    public TimeSpan? ExitAt => Last(TranscriptKind.ProcessExited)?.At;

    /// <summary>What it wrote to stdout and stderr, without line feeds.</summary>
    public IReadOnlyList<string> Lines => [.. Of(TranscriptKind.Line).Select(e => e.Text)];

    /// <summary>The highest resident memory seen when its process ended, in bytes. Zero before.</summary>
    public long PeakResidentBytes => Of(TranscriptKind.ProcessExited).Max(e => e.PeakResidentBytes) ?? 0;

    IEnumerable<TranscriptEvent> Of(TranscriptKind kind) => Events.Where(e => e.Kind == kind);

    TranscriptEvent? Last(TranscriptKind kind) => Of(kind).LastOrDefault();
}
