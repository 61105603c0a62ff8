namespace LambdaLogs.Extension.Formats;

/// <summary>What the body of an answer says of single records. All that is neither rejected nor to be sent again has arrived.</summary>
internal sealed record PartialAnswer
{
    /// <summary>An answer that should have said something, and could not be read: all has arrived, as far as anyone knows.</summary>
    public static PartialAnswer Unreadable { get; } = new() { IsUnreadable = true };

    /// <summary>Whether the body is none of the form that the destination documents.</summary>
    public bool IsUnreadable { get; private init; }

    /// <summary>Records to be sent again, by their place in the body, in order.</summary>
    public IReadOnlyList<int> SendAgain { get; init; } = [];

    /// <summary>From which place on all records are to be sent again. Null: none but <see cref="SendAgain"/>.</summary>
    public int? SendAgainFrom { get; init; }

    /// <summary>How many records will never be taken.</summary>
    public long Rejected { get; init; }

    /// <summary>Why records were not taken: the destination's words for the first of them, as they came. Empty: it does not say.</summary>
    public string Reason { get; init; } = "";
}
