namespace LambdaLogs.Extension.Records;

/// <summary>The <c>status</c> of a platform event: how a phase or an invocation ended.</summary>
internal enum PlatformStatus
{
    /// <summary>The event has none.</summary>
    None,

    /// <summary><c>success</c></summary>
    Success,

    /// <summary><c>error</c>: the fault is the function's, its runtime's or an extension's.</summary>
    Error,

    /// <summary><c>failure</c>: the fault is Lambda's.</summary>
    Failure,

    /// <summary><c>timeout</c></summary>
    Timeout,

    /// <summary>A word that is not known today.</summary>
    Other,
}
