namespace LambdaLogs.Extension.Platform;

/// <summary>The streams of telemetry.</summary>
[Flags]
internal enum TelemetryTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>platform</c>: events of Lambda.</summary>
    Platform = 1,

    /// <summary><c>function</c>: lines of the function.</summary>
    Function = 2,

    /// <summary><c>extension</c>: lines of all extensions, this one's own left out.</summary>
    Extension = 4,

    /// <summary>What is forwarded where nothing is said.</summary>
    Default = Platform | Function,
}
