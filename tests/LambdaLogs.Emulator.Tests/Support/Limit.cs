namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>How long a test may wait for anything.</summary>
internal static class Limit
{
    /// <summary>For <c>[Fact(Timeout = …)]</c>: the test's token is cancelled then, and the test fails.</summary>
    public const int Milliseconds = 30_000;

    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);
}
