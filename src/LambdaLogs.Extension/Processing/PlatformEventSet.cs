using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>A set of platform events: one bit for each <see cref="EventKind"/>.</summary>
[Flags]
internal enum PlatformEventSet
{
    /// <summary>No platform events.</summary>
    None = 0,

    /// <summary><c>initStart</c></summary>
    InitStart = 1 << EventKind.InitStart,

    /// <summary><c>initRuntimeDone</c></summary>
    InitRuntimeDone = 1 << EventKind.InitRuntimeDone,

    /// <summary><c>initReport</c></summary>
    InitReport = 1 << EventKind.InitReport,

    /// <summary><c>restoreStart</c></summary>
    RestoreStart = 1 << EventKind.RestoreStart,

    /// <summary><c>restoreRuntimeDone</c></summary>
    RestoreRuntimeDone = 1 << EventKind.RestoreRuntimeDone,

    /// <summary><c>restoreReport</c></summary>
    RestoreReport = 1 << EventKind.RestoreReport,

    /// <summary><c>start</c></summary>
    Start = 1 << EventKind.Start,

    /// <summary><c>runtimeDone</c>, whatever its status.</summary>
    RuntimeDone = 1 << EventKind.RuntimeDone,

    /// <summary><c>report</c></summary>
    Report = 1 << EventKind.Report,

    /// <summary><c>end</c></summary>
    End = 1 << EventKind.End,

    /// <summary><c>fault</c></summary>
    Fault = 1 << EventKind.Fault,

    /// <summary><c>extension</c></summary>
    ExtensionState = 1 << EventKind.ExtensionState,

    /// <summary><c>telemetrySubscription</c></summary>
    Subscription = 1 << EventKind.Subscription,

    /// <summary><c>logsDropped</c></summary>
    LogsDropped = 1 << EventKind.LogsDropped,

    /// <summary><c>unknown</c>: platform events that are added to Lambda later.</summary>
    Unknown = 1 << EventKind.OtherPlatform,

    /// <summary><c>runtimeDone-unless-success</c>: only if the status is not success. A subset of <see cref="RuntimeDone"/>.</summary>
    RuntimeDoneUnlessSuccess = 1 << 30,

    /// <summary>The default: reports, failures, losses and unknown events.</summary>
    Default = Report | InitReport | RestoreReport | RuntimeDoneUnlessSuccess | LogsDropped | Fault | Unknown,

    /// <summary>All platform events.</summary>
    All = InitStart | InitRuntimeDone | InitReport | RestoreStart | RestoreRuntimeDone | RestoreReport | Start | RuntimeDone | Report | End
        | Fault | ExtensionState | Subscription | LogsDropped | Unknown,
}
