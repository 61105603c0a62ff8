namespace LambdaLogs.Emulator.Cli;

/// <summary>The exit codes of <c>lambda-emulator</c>.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The sandbox did not start, an extension crashed, or an invocation failed that no expectation covers.</summary>
    public const int Failed = 1;

    /// <summary>An argument is invalid; nothing was started.</summary>
    public const int BadArguments = 2;

    /// <summary>The run finished, but an expectation was not met.</summary>
    public const int ExpectationNotMet = 3;
}
