namespace LambdaLogs.Extension.Records;

/// <summary>The severity of a record, in ascending order.</summary>
internal enum LogLevel
{
    /// <summary>The finest detail.</summary>
    Trace,

    /// <summary>For developers.</summary>
    Debug,

    /// <summary>The default.</summary>
    Info,

    /// <summary>Something to look at.</summary>
    Warn,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>The process cannot continue.</summary>
    Fatal,
}
