namespace LambdaLogs.Emulator.Transcripts;

/// <summary>The kind of a transcript event.</summary>
public enum TranscriptKind
{
    /// <summary>The sandbox entered a phase; <see cref="TranscriptEvent.Text"/> is its name.</summary>
    Phase,

    /// <summary>A process was started.</summary>
    ProcessStarted,

    /// <summary>A process could not be started; the text is the reason.</summary>
    LaunchFailed,

    /// <summary>A process ended; <see cref="TranscriptEvent.Code"/> is its exit code.</summary>
    ProcessExited,

    /// <summary>The sandbox or a test killed a process.</summary>
    ProcessKilled,

    /// <summary>An extension registered; the text lists its events.</summary>
    Registered,

    /// <summary>An extension's registration was refused; the text is why, <see cref="TranscriptEvent.Code"/> the HTTP status.</summary>
    RegistrationRefused,

    /// <summary>An extension subscribed to telemetry or was rejected; <see cref="TranscriptEvent.Code"/> is the HTTP status.</summary>
    Subscribed,

    /// <summary>An extension or the runtime asked for its next event; the text is empty, or what else the runtime asked for.</summary>
    NextAsked,

    /// <summary>An extension or the runtime cancelled its call for the next event.</summary>
    NextLeft,

    /// <summary>An extension received an event; the text is <c>INVOKE</c> or <c>SHUTDOWN reason</c>.</summary>
    EventSent,

    /// <summary>An extension or the runtime reported an error.</summary>
    ErrorReported,

    /// <summary>The runtime received an invocation.</summary>
    InvocationSent,

    /// <summary>The runtime posted a response or an error.</summary>
    Responded,

    /// <summary>The invocation is over; the text is its outcome.</summary>
    InvocationFinished,

    /// <summary>All processes were stopped.</summary>
    Frozen,

    /// <summary>All processes were continued.</summary>
    Thawed,

    /// <summary>The function or an extension wrote a line.</summary>
    Line,

    /// <summary>A platform event was published; the text is its type.</summary>
    Platform,

    /// <summary>An attempt to deliver telemetry; <see cref="TranscriptEvent.Code"/> is the number of items.</summary>
    Telemetry,

    /// <summary>
    /// A call of an API inside the sandbox ended; the text is its method and path, <see cref="TranscriptEvent.Code"/> its status. Only if
    /// bodies are recorded.
    /// </summary>
    ApiCall,
}
