namespace LambdaLogs.Extension.Diagnostics;

/// <summary>How much the extension logs about itself. Each level includes the ones before it.</summary>
internal enum ExtensionLogLevel
{
    /// <summary>Only problems that prevent delivery.</summary>
    Error,

    /// <summary>Also things to look at.</summary>
    Warn,

    /// <summary>Also one line at the start and one at the end. The default.</summary>
    Info,

    /// <summary>Also the decisions of every invocation.</summary>
    Debug,
}
