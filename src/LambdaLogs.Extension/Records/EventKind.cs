namespace LambdaLogs.Extension.Records;

/// <summary>
/// The kind of a telemetry event. A type that Lambda adds later is <see cref="OtherPlatform"/> or <see cref="Other"/> and is passed on
/// like the others.
/// </summary>
internal enum EventKind
{
    /// <summary>A line of the function or an extension, or a record that the extension itself created.</summary>
    Line,

    /// <summary><c>platform.initStart</c></summary>
    InitStart,

    /// <summary><c>platform.initRuntimeDone</c></summary>
    InitRuntimeDone,

    /// <summary><c>platform.initReport</c></summary>
    InitReport,

    /// <summary><c>platform.restoreStart</c></summary>
    RestoreStart,

    /// <summary><c>platform.restoreRuntimeDone</c></summary>
    RestoreRuntimeDone,

    /// <summary><c>platform.restoreReport</c></summary>
    RestoreReport,

    /// <summary><c>platform.start</c></summary>
    Start,

    /// <summary><c>platform.runtimeDone</c></summary>
    RuntimeDone,

    /// <summary><c>platform.report</c></summary>
    Report,

    /// <summary><c>platform.end</c>, of the older Logs API.</summary>
    End,

    /// <summary><c>platform.fault</c>, of the older Logs API.</summary>
    Fault,

    /// <summary><c>platform.extension</c></summary>
    ExtensionState,

    /// <summary><c>platform.telemetrySubscription</c>, or <c>platform.logsSubscription</c> of the older Logs API.</summary>
    Subscription,

    /// <summary><c>platform.logsDropped</c></summary>
    LogsDropped,

    /// <summary>Another type that starts with <c>platform.</c></summary>
    OtherPlatform,

    /// <summary>A type of an unknown category.</summary>
    Other,
}
