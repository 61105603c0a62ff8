namespace LambdaLogs.Emulator.Transcripts;

/// <summary>What happened.</summary>
public enum TranscriptKind
{
    /// <summary>The sandbox entered a phase; <see cref="TranscriptEvent.Text"/> is its name.</summary>
    Phase,

    /// <summary>A process was started.</summary>
    ProcessStarted,

    /// <summary>A process could not be started; the text says why.</summary>
    LaunchFailed,

    /// <summary>A process ended; <see cref="TranscriptEvent.Code"/> is its code.</summary>
    ProcessExited,

    /// <summary>A process was killed by the sandbox, or on demand of a test.</summary>
    ProcessKilled,

    /// <summary>An extension registered; the text lists its events.</summary>
    Registered,

    /// <summary>An extension subscribed to telemetry, or was refused; <see cref="TranscriptEvent.Code"/> is the status.</summary>
    Subscribed,

    /// <summary>An extension or the runtime asked for its next event.</summary>
    NextAsked,

    /// <summary>An extension or the runtime gave its call for the next event up.</summary>
    NextLeft,

    /// <summary>An extension was given an event; the text is <c>INVOKE</c> or <c>SHUTDOWN reason</c>.</summary>
    EventSent,

    /// <summary>An extension or the runtime reported an error.</summary>
    ErrorReported,

    /// <summary>The runtime was given an invocation.</summary>
    InvocationSent,

    /// <summary>The runtime posted a response or an error.</summary>
    Responded,

    /// <summary>The invocation is over; the text is its outcome.</summary>
    InvocationFinished,

    /// <summary>All processes were stopped.</summary>
    Frozen,

    /// <summary>All processes go on.</summary>
    Thawed,

    /// <summary>A line of the function or of an extension.</summary>
    Line,

    /// <summary>A platform event was published; the text is its type.</summary>
    Platform,

    /// <summary>An attempt to deliver telemetry; <see cref="TranscriptEvent.Code"/> is the number of items.</summary>
    Telemetry,

    /// <summary>
    /// A call of one of the APIs inside the sandbox has ended; the text is its method and path, <see cref="TranscriptEvent.Code"/> its
    /// status. Only where bodies are recorded.
    /// </summary>
    ApiCall,
}
