namespace LambdaLogs.Extension.Platform;

/// <summary>The streams of telemetry.</summary>
[Flags]
internal enum TelemetryTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>platform</c>: Lambda's own events.</summary>
    Platform = 1,

    /// <summary><c>function</c>: lines written by the function.</summary>
    Function = 2,

    /// <summary><c>extension</c>: lines written by extensions, except this one.</summary>
    Extension = 4,

    /// <summary>The default.</summary>
    Default = Platform | Function,

    /// <summary>All of them.</summary>
    All = Platform | Function | Extension,
}
