namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>Why an expression is not valid.</summary>
/// <param name="Position">The position of the error, from 1.</param>
/// <param name="Reason">The error, as part of a sentence.</param>
internal sealed record PatternError(int Position, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Reason} at character {Position}";
}
