using LambdaLogs.Emulator.Cli;

// Before anything asks for signals: a shell that starts it in the background lets it inherit that SIGINT is ignored, and .NET keeps
// to that.
Signals.Restore();
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
