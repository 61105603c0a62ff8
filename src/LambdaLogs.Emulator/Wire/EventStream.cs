namespace LambdaLogs.Emulator.Wire;

/// <summary>What a subscriber can ask for: the <c>types</c> of a subscription.</summary>
[Flags]
internal enum EventStream
{
    None = 0,

    /// <summary><c>platform</c>: what Lambda says about the environment and its invocations.</summary>
    Platform = 1,

    /// <summary><c>function</c>: what the runtime process writes.</summary>
    Function = 2,

    /// <summary><c>extension</c>: what all extensions write.</summary>
    Extension = 4,
}
