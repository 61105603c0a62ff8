namespace LambdaLogs.Extension.Records;

/// <summary>Where a line's level comes from.</summary>
internal enum LevelOrigin : byte
{
    /// <summary>The line has none: it is INFO, or ERROR where it is the trace of an unhandled exception.</summary>
    Assumed,

    /// <summary>The line names it: in a field, or in the head that a logger or runtime writes.</summary>
    Named,

    /// <summary>The line has a field for it whose value is not understood: it counts as INFO, and no filter by level applies.</summary>
    Unclear,
}
