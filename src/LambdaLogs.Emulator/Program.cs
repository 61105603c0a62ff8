using LambdaLogs.Emulator.Cli;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
