namespace LambdaLogs.Extension.Formats;

/// <summary>What the body of a response says of single records. All that is neither rejected nor to be sent again has arrived.</summary>
internal sealed record PartialResponse
{
    /// <summary>A response that should have said something, and could not be read: all has arrived, as far as anyone knows.</summary>
    public static PartialResponse Unreadable { get; } = new() { IsUnreadable = true };

    /// <summary>Whether the body is none of the form that the destination documents.</summary>
    public bool IsUnreadable { get; private init; }

    /// <summary>Whether it names one record but holds for all: none of the batch has arrived, and none ever will.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Records to be sent again, by their index in the body, in order.</summary>
    public IReadOnlyList<int> SendAgain { get; init; } = [];

    /// <summary>
    /// The number of the record at which the destination stopped reading, as it tells it: some count from 0, some from 1. What stands
    /// before that record has arrived, what stands after it has not been looked at. Null: it reads all of them.
    /// </summary>
    public long? StoppedAt { get; init; }

    /// <summary>Whether the record at <see cref="StoppedAt"/> is why it stopped, and will never be taken. False: it was busy.</summary>
    public bool StoppedForRecord { get; init; }

    /// <summary>How many records will never be taken.</summary>
    public long Rejected { get; init; }

    /// <summary>Why records were not taken: the destination's words for the first of them, as they came. Empty: it does not say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to change so that records are taken, in our words. Empty: not known.</summary>
    public string Advice { get; init; } = "";
}
