using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>What share of the invocations is forwarded, by level. Built once by <c>Settings</c>; never changes.</summary>
/// <param name="Rates">A share from 0 to 1 for every level below <see cref="LogLevel.Error"/>, by its number.</param>
internal sealed record SampleOptions(IReadOnlyList<double> Rates)
{
    /// <summary>How many levels have a share; those above always pass.</summary>
    public const int Levels = (int)LogLevel.Error;

    /// <summary>The share of a level.</summary>
    public double RateOf(LogLevel level) => level >= LogLevel.Error ? 1 : Rates[(int)level];
}
