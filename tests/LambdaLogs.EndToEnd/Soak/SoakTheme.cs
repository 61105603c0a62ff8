namespace LambdaLogs.EndToEnd.Soak;

/// <summary>What a life is about. Consecutive seeds play one after the other, so that a short run has met them all.</summary>
enum SoakTheme
{
    /// <summary>Every invocation another fault.</summary>
    Random,

    /// <summary>The endpoint reads more slowly than a flush has time.</summary>
    Slow,

    /// <summary>One record is never taken, whatever it comes with.</summary>
    Poison,

    /// <summary>Bodies above a size are refused, after or before they were read.</summary>
    TooLarge,

    /// <summary>Tiny lines before a dead endpoint.</summary>
    Flood,

    /// <summary>Connections die silently while the sandbox is frozen.</summary>
    Swallow,

    /// <summary>Other processes of the sandbox are at the listener.</summary>
    Pressure,

    /// <summary>A proxy stands before the endpoint, and refuses at times.</summary>
    Proxy,

    /// <summary>Megabytes are left at the end, and are to be kept for the next process.</summary>
    Spill,

    /// <summary>The endpoint refuses bodies of megabytes before it has read them, and reads no further.</summary>
    EarlyRefusal,

    /// <summary>Very many small batches wait until an outage is over.</summary>
    SmallBatches,

    /// <summary>A function writes much faster than a healthy endpoint takes it.</summary>
    Burst,

    /// <summary>The connection dies before SHUTDOWN.</summary>
    LastFlush,

    /// <summary>Each request fits no flush: what was begun has to go on, or in parts.</summary>
    CutOff,

    /// <summary>Lambda makes a failed invocation again, under its id.</summary>
    Again,

    /// <summary>Somebody in the sandbox has written the spill file.</summary>
    CraftedSpill,

    /// <summary>Test mode, and nobody reads what is shown.</summary>
    Unread,

    /// <summary>No thread and no descriptor is left.</summary>
    Starved,

    // Those below are played only by their name. All but the last have little time, as the two seconds of SHUTDOWN are Lambda's, and a busy machine may need more.

    /// <summary>A request hangs at SHUTDOWN.</summary>
    HangingRequest,

    /// <summary>A request hangs at SHUTDOWN since before a freeze.</summary>
    FrozenRequest,

    /// <summary>At SHUTDOWN the endpoint is silent, and megabytes have to be kept.</summary>
    KeptMegabytes,

    /// <summary>Connections end while a slow endpoint reads.</summary>
    BrokenConnection,

    /// <summary>The end of each invocation comes in one body with many made-up ones behind it.</summary>
    MadeUpEnds,
}
