namespace LambdaLogs.Extension.Wire;

/// <summary>Why a wait ended.</summary>
internal enum WaitEnd
{
    /// <summary>A descriptor is ready.</summary>
    Ready,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>The signal was given.</summary>
    Interrupted,
}
