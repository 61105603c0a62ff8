namespace LambdaLogs.Emulator.Wire;

/// <summary>A telemetry stream: the <c>types</c> of a subscription.</summary>
[Flags]
internal enum EventStream
{
    None = 0,

    /// <summary><c>platform</c>: Lambda's events about the environment and its invocations.</summary>
    Platform = 1,

    /// <summary><c>function</c>: the output of the runtime process.</summary>
    Function = 2,

    /// <summary><c>extension</c>: the output of all extensions.</summary>
    Extension = 4,
}
