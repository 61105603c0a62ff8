using LambdaLogs.Emulator.Cli;
using LambdaLogs.Emulator.Sandbox.Isolation;

// Must run before any signal handler is registered: a shell starts background jobs with SIGINT ignored, and .NET keeps an inherited
// ignored signal.
Signals.Restore();

// Only <c>run</c> creates a sandbox; all other commands run as the calling user.
if (args is ["run", ..] && !args.Contains("--no-isolation"))
    UserNamespace.RestartIfNeeded(args);
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
