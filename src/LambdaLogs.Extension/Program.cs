using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension;

/// <summary>The entry point.</summary>
internal static class Program
{
    /// <summary>The executable's name in the released layer.</summary>
    public const string DefaultName = "aws-lambda-logs-http-destination";

    static int Main(string[] arguments)
    {
#pragma warning disable RS0030 // The environment comes in as a function: this is where the function comes from.
        Func<string, string?> read = Environment.GetEnvironmentVariable;
#pragma warning restore RS0030
        if (arguments.Length > 0)
            return CommandLine.Run(arguments, read, StandardOutput.Write, VariableNames);

        var log = new ExtensionLog(StandardOutput.Write);
        try
        {
            return new Composition(read, log, VariableNames).Run(ExecutableName());
        }
        catch (PlatformException error)
        {
            log.Error(error.Message);
            return 1;
        }
    }

    static List<string> VariableNames()
    {
        var names = new List<string>();
#pragma warning disable RS0030 // See above.
        foreach (var name in Environment.GetEnvironmentVariables().Keys)
#pragma warning restore RS0030
            names.Add((string)name);
        return names;
    }

    /// <summary>The file name that Lambda started. An extension registers under it, even if a user has renamed it.</summary>
    static string ExecutableName()
    {
        var started = Environment.GetCommandLineArgs() is [var first, ..] ? Path.GetFileName(first) : "";
        return started.Length > 0 ? started : DefaultName;
    }
}
