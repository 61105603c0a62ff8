using LambdaLogs.Emulator.Cli;
using LambdaLogs.Emulator.Sandbox.Isolation;

// Before anything asks for signals: a shell that starts it in the background lets it inherit that SIGINT is ignored, and .NET keeps
// to that.
Signals.Restore();

// Only a run makes a sandbox; everything else is done as the user who asked.
if (args is ["run", ..] && !args.Contains("--no-isolation"))
    UserNamespace.Enter(args);
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
