using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>The share of invocations that is forwarded, by level. Built once by <c>Settings</c>; immutable.</summary>
/// <param name="Rates">A share from 0 to 1 for every level below <see cref="LogLevel.Error"/>, indexed by its number.</param>
internal sealed record SampleOptions(IReadOnlyList<double> Rates)
{
    /// <summary>Number of levels with a share; higher levels always pass.</summary>
    public const int Levels = (int)LogLevel.Error;

    /// <summary>Returns the share of a level.</summary>
    public double RateOf(LogLevel level) => level >= LogLevel.Error ? 1 : Rates[(int)level];
}
