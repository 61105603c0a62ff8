namespace LambdaLogs.Extension.Processing;

/// <summary>Counts what rules do. Every record is either passed on or counted by <see cref="Removed"/>.</summary>
internal interface IRuleCounts
{
    /// <summary>Counts records that a rule removed.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="records">The number of records.</param>
    void Removed(Rule rule, long records);

    /// <summary>Counts a record that a rule changed.</summary>
    /// <param name="rule">The rule.</param>
    void Changed(Rule rule);

    /// <summary>The counts so far, for the summary. Empty: none.</summary>
    string Summary();
}
