namespace LambdaLogs.Emulator.Cli;

/// <summary>The exit codes of <c>lambda-emulator</c>.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The sandbox could not be brought up, or an extension crashed.</summary>
    public const int Failed = 1;

    /// <summary>Something is wrong with the arguments; nothing was started.</summary>
    public const int BadArguments = 2;
}
