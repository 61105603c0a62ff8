namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Sandboxes of the samples.</summary>
internal static class Samples
{
    /// <summary>A sample function with what the tests need of time and memory.</summary>
    public static SandboxOptions Options(string language) => new()
    {
        Function = FunctionSource.Directory(Repository.Function(language)),

        // Not about speed: a busy machine must not turn a test into one of timeouts.
        Timeout = TimeSpan.FromSeconds(20),
        MemoryMb = 512,
    };
}
