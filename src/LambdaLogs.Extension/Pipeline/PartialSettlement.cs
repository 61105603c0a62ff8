using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// What a response that speaks of single records means for a batch: arrived + rejected + to be sent again = its records. Pure.
/// </summary>
internal sealed record PartialSettlement
{
    /// <summary>Records of the batch.</summary>
    public required int Records { get; init; }

    /// <summary>Records that will never be taken.</summary>
    public int Rejected { get; init; }

    /// <summary>Records to be sent again, by their index in the batch: each list is a batch of its own.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Again { get; init; } = [];

    /// <summary>Whether what is sent again waits first: the destination is busy.</summary>
    public bool IsBusy { get; init; }

    /// <summary>What is known of the destination's counting from now on.</summary>
    public EventNumbering Numbering { get; init; }

    /// <summary>Records that the destination has.</summary>
    public int Arrived => Records - Rejected - Again.Sum(part => part.Count);

    /// <summary>Whether it is a refusal of the whole batch.</summary>
    public bool IsRefusal => Rejected == Records;

    /// <summary>Whether the same batch is to be sent again, as after any response of a busy endpoint.</summary>
    public bool IsFailure => IsBusy && Again is [{ Count: var count }] && count == Records;

    /// <summary>Decides. Numbers beyond the batch mean nothing.</summary>
    /// <param name="partial">What the response says; not <see cref="PartialResponse.IsUnreadable"/>.</param>
    /// <param name="records">How many records the batch has, at least one.</param>
    /// <param name="numbering">What is known of the destination's counting.</param>
    public static PartialSettlement Of(PartialResponse partial, int records, EventNumbering numbering)
    {
        var none = new PartialSettlement { Records = records, Numbering = numbering };
        if (partial.IsRefusal)
            return none with { Rejected = records };
        if (partial.StoppedAt is { } number)
            return partial.StoppedForRecord ? AfterWrongRecord(number, none) : AfterBusy(number, none);

        List<int> again = [.. partial.SendAgain.Where(index => index < records)];
        var rejected = (int)Math.Min(partial.Rejected, records - again.Count);
        return none with { Rejected = rejected, Again = again.Count > 0 ? [again] : [], IsBusy = again.Count > 0 };
    }

    // Where it is not known whether the record before that number has arrived, it is sent again: rather twice than not at all.
    static PartialSettlement AfterBusy(long number, PartialSettlement none)
    {
        var arrived = none.Numbering is EventNumbering.FromZero ? number : number - 1;
        return none with { Again = [Rest(none, (int)Math.Clamp(arrived, 0, none.Records - 1))], IsBusy = true };
    }

    static PartialSettlement AfterWrongRecord(long number, PartialSettlement none)
    {
        var logged = Learned(number, none);
        if (number > none.Records)
            return logged with { Rejected = none.Records };

        if (logged.Numbering is EventNumbering.Unknown && none.Records > 1)
        {
            // It is that record or the one before it, which goes alone: the response to it says which, and from where they are counted.
            var first = (int)number - 1;
            return logged with { Again = [[first], Rest(none, first + 1)] };
        }

        var wrong = logged.Numbering is EventNumbering.FromOne ? number - 1 : number;
        return logged with { Rejected = 1, Again = Halves(none, (int)Math.Clamp(wrong, 0, none.Records - 1) + 1) };
    }

    // There is no record 0 where the first is 1, and none of the batch's size where the first is 0.
    static PartialSettlement Learned(long number, PartialSettlement none) => none with
    {
        Numbering = number == 0 ? EventNumbering.FromZero : number == none.Records ? EventNumbering.FromOne : none.Numbering,
    };

    static int[] Rest(PartialSettlement none, int from) => [.. Enumerable.Range(from, none.Records - from)];

    // Whole, what follows would go again after each of many wrong records: in halves, all of it together goes log2 times at most.
    static IReadOnlyList<IReadOnlyList<int>> Halves(PartialSettlement none, int from)
    {
        var rest = Rest(none, from);
        var middle = rest.Length / 2;
        return rest.Length == 0 ? [] : middle == 0 ? [rest] : [rest[..middle], rest[middle..]];
    }
}
