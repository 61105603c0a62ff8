namespace LambdaLogs.Extension.Records;

/// <summary>The <c>status</c> of a platform event: how a phase or an invocation ended.</summary>
internal enum PlatformStatus
{
    /// <summary>The event has none.</summary>
    None,

    /// <summary><c>success</c></summary>
    Success,

    /// <summary><c>error</c>: caused by the function, its runtime or an extension.</summary>
    Error,

    /// <summary><c>failure</c>: caused by Lambda.</summary>
    Failure,

    /// <summary><c>timeout</c></summary>
    Timeout,

    /// <summary>An unknown status.</summary>
    Other,
}
