namespace LambdaLogs.Extension.Diagnostics;

/// <summary>How much the extension says of itself. Ordered: each level says what the ones before it say, and more.</summary>
internal enum ExtensionLogLevel
{
    /// <summary>Only what keeps logs from being delivered.</summary>
    Error,

    /// <summary>And what should be looked at.</summary>
    Warn,

    /// <summary>And one line at the start and at the end. The default.</summary>
    Info,

    /// <summary>And the decisions of every invocation.</summary>
    Debug,
}
