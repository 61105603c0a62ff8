namespace LambdaLogs.Extension.Records;

/// <summary>How severe a record is. Ordered: a higher value is more severe.</summary>
internal enum LogLevel
{
    /// <summary>Finest detail.</summary>
    Trace,

    /// <summary>For the developer.</summary>
    Debug,

    /// <summary>What is taken where nothing says otherwise.</summary>
    Info,

    /// <summary>Something to look at.</summary>
    Warn,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>The process cannot go on.</summary>
    Fatal,
}
