namespace LambdaLogs.Emulator.Transcripts;

/// <summary>An event in a sandbox.</summary>
/// <param name="At">The time since the creation of the sandbox (monotonic clock).</param>
/// <param name="Kind">The event's kind.</param>
/// <param name="Source">The extension's name, <c>runtime</c>, or null for the sandbox itself.</param>
/// <param name="Text">A description. Lines come without their line feed.</param>
public sealed record TranscriptEvent(TimeSpan At, TranscriptKind Kind, string? Source, string Text)
{
    /// <summary>The source of events of the function's process.</summary>
    public const string Runtime = "runtime";

    /// <summary>The number of the environment, from 1.</summary>
    public int Environment { get; init; } = 1;

    /// <summary>True if the event belongs to the function's process, in any environment.</summary>
    public bool IsOfRuntime => Source is not null && Source == (Environment == 1 ? Runtime : $"{Runtime}#{Environment}");

    /// <summary>The index in the transcript, from zero.</summary>
    public int Index { get; init; }

    /// <summary>Wall clock.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The invocation's request ID. Null if there is none.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// An exit code, an HTTP status or a number of items, depending on <see cref="TranscriptKind"/>. Null if there is none.
    /// </summary>
    public int? Code { get; init; }

    /// <summary>The duration. Null if the event has none.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>The phase in which the event happened. Empty before the first.</summary>
    public string Phase { get; init; } = "";

    /// <summary>The body of an API call's request, or the delivered telemetry. Null if bodies are not recorded or there is none.</summary>
    public ReadOnlyMemory<byte>? Request { get; init; }

    /// <summary>The body of an API call's response. Null if bodies are not recorded or there is none.</summary>
    public ReadOnlyMemory<byte>? Response { get; init; }

    /// <summary>True for a failed delivery.</summary>
    public bool IsFailed { get; init; }

    /// <summary>The peak resident memory in bytes of a process that ended. Null for other events.</summary>
    public long? PeakResidentBytes { get; init; }
}
