namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>Why a text is no pattern.</summary>
/// <param name="Position">The character it is about, from 1.</param>
/// <param name="Reason">What is wrong there, as part of a sentence.</param>
internal sealed record PatternFault(int Position, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Reason} at character {Position}";
}
