namespace LambdaLogs.Emulator.Transcripts;

/// <summary>One thing that happened in a sandbox.</summary>
/// <param name="At">Since the sandbox was made, by the monotonic clock.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Source">Whom it concerns: an extension's name, <c>runtime</c>, or null for the sandbox itself.</param>
/// <param name="Text">What a reader wants to know. Lines come without their line feed.</param>
public sealed record TranscriptEvent(TimeSpan At, TranscriptKind Kind, string? Source, string Text)
{
    /// <summary>The source's name where it is the function's own process.</summary>
    public const string Runtime = "runtime";

    /// <summary>The environment it happened in, 1 for the first.</summary>
    public int Environment { get; init; } = 1;

    /// <summary>True where it concerns the function's own process, in whatever environment.</summary>
    public bool IsOfRuntime => Source is not null && Source == (Environment == 1 ? Runtime : $"{Runtime}#{Environment}");

    /// <summary>The position in the transcript, from zero.</summary>
    public int Index { get; init; }

    /// <summary>Wall clock.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The invocation it belongs to. Null where none.</summary>
    public string? RequestId { get; init; }

    /// <summary>An exit code, an HTTP status or a number of items: see <see cref="TranscriptKind"/>. Null where none.</summary>
    public int? Code { get; init; }

    /// <summary>What it took. Null where it took no time.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>The name of the phase in which it happened. Empty before the first.</summary>
    public string Phase { get; init; } = "";

    /// <summary>
    /// What was sent: of an API call its body, of a delivery the telemetry. Null where bodies are not recorded, or there is none.
    /// </summary>
    public ReadOnlyMemory<byte>? Request { get; init; }

    /// <summary>What an API call was given back. Null likewise.</summary>
    public ReadOnlyMemory<byte>? Response { get; init; }

    /// <summary>True for a delivery that failed.</summary>
    public bool IsFailed { get; init; }

    /// <summary>Peak resident memory of a process that ended, in bytes. Null elsewhere.</summary>
    public long? PeakResidentBytes { get; init; }
}
