using System.Reflection;
using System.Text;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension;

/// <summary>What the program says to a person who starts it by hand. Lambda starts it without arguments.</summary>
internal static class CommandLine
{
    /// <summary>Runs with one argument.</summary>
    /// <returns>The exit code: 2 for an argument that is not known.</returns>
    public static int Run(string argument, LineWriter write)
    {
        switch (argument)
        {
            case "--help" or "-h":
                Say(write, HelpText.Write().TrimEnd());
                return 0;
            case "--version":
                Say(write, Version());
                return 0;
            default:
                Say(write, $"unknown argument \"{argument}\"; known are --help and --version");
                return 2;
        }
    }

    static string Version() =>
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    static void Say(LineWriter write, string text) => write(Encoding.UTF8.GetBytes(text + "\n"));
}
