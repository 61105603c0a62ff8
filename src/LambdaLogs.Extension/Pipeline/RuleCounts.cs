using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Processing;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>Updates the ledger for what rules do, and counts it by rule. Requires the pipeline's lock to be held.</summary>
/// <param name="ledger">Counts where every record is.</param>
internal sealed class RuleCounts(Ledger ledger) : IRuleCounts
{
    readonly long[] _records = new long[RuleNames.Count];

    /// <summary>Number of records that a rule removed or changed.</summary>
    public long Of(Rule rule) => _records[(int)rule];

    /// <inheritdoc/>
    public void Removed(Rule rule, long records)
    {
        _records[(int)rule] += records;
        if (rule == Rule.Join)
            ledger.CountJoined(records);
        else if (rule is Rule.Sample or Rule.RateLimit)
            ledger.CountSampled(records);
        else
            ledger.CountFiltered(records);
    }

    /// <inheritdoc/>
    public void Changed(Rule rule) => _records[(int)rule]++;

    /// <inheritdoc/>
    /// <returns>For example <c>; by rule: exclude 3, redact 1</c>.</returns>
    public string Summary()
    {
        var text = "";
        for (var rule = Rule.Join; (int)rule < RuleNames.Count; rule++)
        {
            if (Of(rule) > 0)
                text += $"{(text.Length == 0 ? "; by rule: " : ", ")}{RuleNames.Of(rule)} {Of(rule)}";
        }

        return text;
    }
}
