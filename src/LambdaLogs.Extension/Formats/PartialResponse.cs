namespace LambdaLogs.Extension.Formats;

/// <summary>
/// What the body of a response says about single records. Records that are neither rejected nor to be sent again were stored.
/// </summary>
internal sealed record PartialResponse
{
    /// <summary>A response that should describe records but cannot be parsed: they count as stored.</summary>
    public static PartialResponse Unreadable { get; } = new() { IsUnreadable = true };

    /// <summary>Whether the body does not have the documented form.</summary>
    public bool IsUnreadable { get; private init; }

    /// <summary>Whether it names one record but applies to all: none was stored, and none will be.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Indices of the records to send again, ascending.</summary>
    public IReadOnlyList<int> RetryIndices { get; init; } = [];

    /// <summary>
    /// The number of the record at which the destination stopped reading, as it reports it: some number from 0, some from 1. Records
    /// before it were stored, records after it were not read. Null: it reads all records.
    /// </summary>
    public long? StoppedAt { get; init; }

    /// <summary>
    /// Whether the record at <see cref="StoppedAt"/> is invalid and will never be accepted. False: the destination was busy.
    /// </summary>
    public bool StoppedForRecord { get; init; }

    /// <summary>Number of rejected records.</summary>
    public long Rejected { get; init; }

    /// <summary>The destination's reason for the first record that was not stored, unchanged. Empty: not given.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to change, in our words. Empty: not known.</summary>
    public string Advice { get; init; } = "";
}
