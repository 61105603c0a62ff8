namespace LambdaLogs.Extension.Records;

/// <summary>Where a line's level comes from.</summary>
internal enum LevelOrigin : byte
{
    /// <summary>The line has none: it counts as INFO, or as ERROR if it is the trace of an unhandled exception.</summary>
    Assumed,

    /// <summary>The line names it: in a field, or in the prefix that a logger or runtime writes.</summary>
    Named,

    /// <summary>The line has a level field with an unknown value: it counts as INFO, and no level filter applies.</summary>
    Unrecognized,
}
