namespace LambdaLogs.Extension.Wire;

/// <summary>What ended a wait.</summary>
internal enum WaitEnd
{
    /// <summary>A descriptor is ready.</summary>
    Ready,

    /// <summary>The deadline has passed.</summary>
    TimedOut,

    /// <summary>The signal was given.</summary>
    Interrupted,
}
