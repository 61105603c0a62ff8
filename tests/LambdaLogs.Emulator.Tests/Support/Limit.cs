namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>How long a test may wait for anything.</summary>
internal static class Limit
{
    /// <summary>
    /// For <c>[Fact(Timeout = …)]</c>: the test's token is cancelled then, and the test fails. It only guards against hanging: what a test
    /// waits for comes within a second on an idle machine, and whenever it comes on a busy one.
    /// </summary>
    public const int Milliseconds = 240_000;

    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(120);
}
