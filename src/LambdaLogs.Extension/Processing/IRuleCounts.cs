namespace LambdaLogs.Extension.Processing;

/// <summary>Learns what rules do. Every record that comes in leaves by exactly one of: being handed on, <see cref="Removed"/>.</summary>
internal interface IRuleCounts
{
    /// <summary>Records go no further.</summary>
    /// <param name="rule">Because of which rule.</param>
    /// <param name="records">How many.</param>
    void Removed(Rule rule, long records);

    /// <summary>A record was changed.</summary>
    /// <param name="rule">By which rule.</param>
    void Changed(Rule rule);

    /// <summary>What rules did until now, for the line at the end. Empty: nothing.</summary>
    string Summary();
}
