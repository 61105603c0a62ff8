namespace LambdaLogs.Emulator.Transcripts;

/// <summary>The events of one extension. Times are relative to the creation of the sandbox. This is a snapshot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Events">The extension's events, in order.</param>
public sealed record ExtensionTranscript(string Name, IReadOnlyList<TranscriptEvent> Events)
{
    /// <summary>When its process was last started. Null if it was not started.</summary>
    public TimeSpan? StartedAt => Last(TranscriptKind.ProcessStarted)?.At;

    /// <summary>The number of starts of its process.</summary>
    public int Starts => Of(TranscriptKind.ProcessStarted).Count();

    /// <summary>When it last registered. Null if it did not register.</summary>
    public TimeSpan? RegisteredAt => Last(TranscriptKind.Registered)?.At;

    /// <summary>The time of every call for the next event.</summary>
    public IReadOnlyList<TimeSpan> Nexts => [.. Of(TranscriptKind.NextAsked).Select(e => e.At)];

    /// <summary>The time of the first call for the next event. Null if there was none.</summary>
    public TimeSpan? FirstNextAt => Of(TranscriptKind.NextAsked).FirstOrDefault()?.At;

    /// <summary>Its last exit code, or 128 + signal if a signal ended it. Null if it has not ended.</summary>
    public int? ExitCode => Last(TranscriptKind.ProcessExited)?.Code;

    /// <summary>When it last ended. Null if it has not ended.</summary>
    public TimeSpan? ExitAt => Last(TranscriptKind.ProcessExited)?.At;

    /// <summary>Its output lines (stdout and stderr), without line feeds.</summary>
    public IReadOnlyList<string> Lines => [.. Of(TranscriptKind.Line).Select(e => e.Text)];

    /// <summary>The highest observed resident memory in bytes. Zero if it has not ended.</summary>
    public long PeakResidentBytes => Of(TranscriptKind.ProcessExited).Max(e => e.PeakResidentBytes) ?? 0;

    IEnumerable<TranscriptEvent> Of(TranscriptKind kind) => Events.Where(e => e.Kind == kind);

    TranscriptEvent? Last(TranscriptKind kind) => Of(kind).LastOrDefault();
}
