using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Decides what a response about single records means for a batch: delivered + rejected + to be sent again = its records. Pure.
/// </summary>
internal sealed record PartialSettlement
{
    /// <summary>Number of records in the batch.</summary>
    public required int Records { get; init; }

    /// <summary>Number of records that were rejected permanently.</summary>
    public int Rejected { get; init; }

    /// <summary>Indices of the records to send again. Each list becomes a separate batch.</summary>
    public IReadOnlyList<IReadOnlyList<int>> RetryIndices { get; init; } = [];

    /// <summary>Whether the records to send again have to wait, because the destination is busy.</summary>
    public bool IsBusy { get; init; }

    /// <summary>What is known now about the destination's numbering.</summary>
    public RecordNumbering Numbering { get; init; }

    /// <summary>Number of records that the destination has stored.</summary>
    public int Arrived => Records - Rejected - RetryIndices.Sum(part => part.Count);

    /// <summary>Whether the whole batch was rejected.</summary>
    public bool IsRefusal => Rejected == Records;

    /// <summary>Whether the same batch has to be sent again, as after any response of a busy endpoint.</summary>
    public bool IsFailure => IsBusy && RetryIndices is [{ Count: var count }] && count == Records;

    /// <summary>Decides. Numbers outside of the batch are ignored.</summary>
    /// <param name="partial">The response; not <see cref="PartialResponse.IsUnreadable"/>.</param>
    /// <param name="records">Number of records in the batch, at least one.</param>
    /// <param name="numbering">What is known about the destination's numbering.</param>
    public static PartialSettlement Of(PartialResponse partial, int records, RecordNumbering numbering)
    {
        var none = new PartialSettlement { Records = records, Numbering = numbering };
        if (partial.IsRefusal)
            return none with { Rejected = records };
        if (partial.StoppedAt is { } number)
            return partial.StoppedForRecord ? AfterWrongRecord(number, none) : AfterBusy(number, none);

        List<int> again = [.. partial.RetryIndices.Where(index => index < records)];
        var rejected = (int)Math.Min(partial.Rejected, records - again.Count);
        return none with { Rejected = rejected, RetryIndices = again.Count > 0 ? [again] : [], IsBusy = again.Count > 0 };
    }

    // If it is not known whether the record before that number was stored, it is sent again: a duplicate is better than a loss.
    static PartialSettlement AfterBusy(long number, PartialSettlement none)
    {
        var arrived = none.Numbering is RecordNumbering.FromZero ? number : number - 1;
        return none with { RetryIndices = [Rest(none, (int)Math.Clamp(arrived, 0, none.Records - 1))], IsBusy = true };
    }

    static PartialSettlement AfterWrongRecord(long number, PartialSettlement none)
    {
        var logged = Learned(number, none);
        if (number > none.Records)
            return logged with { Rejected = none.Records };

        if (logged.Numbering is RecordNumbering.Unknown && none.Records > 1)
        {
            // The number means that record or the one before it. The earlier one is sent alone: the response to it tells which, and how
            // they are numbered.
            var first = (int)number - 1;
            return logged with { RetryIndices = [[first], Rest(none, first + 1)] };
        }

        var wrong = logged.Numbering is RecordNumbering.FromOne ? number - 1 : number;
        return logged with { Rejected = 1, RetryIndices = Halves(none, (int)Math.Clamp(wrong, 0, none.Records - 1) + 1) };
    }

    // A record 0 exists only if numbering starts at 0, and a record with the batch's size only if it starts at 1.
    static PartialSettlement Learned(long number, PartialSettlement none) => none with
    {
        Numbering = number == 0 ? RecordNumbering.FromZero : number == none.Records ? RecordNumbering.FromOne : none.Numbering,
    };

    static int[] Rest(PartialSettlement none, int from) => [.. Enumerable.Range(from, none.Records - from)];

    // The records after the rejected one would all be sent again after each further rejection. In halves, all of them are sent again at
    // most log2 times.
    static IReadOnlyList<IReadOnlyList<int>> Halves(PartialSettlement none, int from)
    {
        var rest = Rest(none, from);
        var middle = rest.Length / 2;
        return rest.Length == 0 ? [] : middle == 0 ? [rest] : [rest[..middle], rest[middle..]];
    }
}
