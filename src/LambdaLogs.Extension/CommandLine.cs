using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using LambdaLogs.Extension.Checks;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension;

/// <summary>The commands for a person who starts the program by hand. Lambda starts it without arguments.</summary>
internal static class CommandLine
{
    const int WrongUsage = 2;

    /// <summary>One command.</summary>
    /// <param name="Name">The first argument, for example <c>--check</c>.</param>
    /// <param name="Description">What it does, for the help text.</param>
    /// <param name="Run">Runs it and returns the exit code. Null: the remaining arguments are not valid for it.</param>
    sealed record Command(string Name, string Description, Func<CommandContext, int?> Run);

    /// <summary>The input and output of a command.</summary>
    /// <param name="Arguments">The arguments after the command's name.</param>
    /// <param name="Read">Reads an environment variable.</param>
    /// <param name="Write">Writes text to the terminal.</param>
    /// <param name="Names">The names of all environment variables.</param>
    sealed record CommandContext(
        ReadOnlyMemory<string> Arguments, Func<string, string?> Read, LineWriter Write, Func<IEnumerable<string>>? Names);

    /// <summary>
    /// Name, version, framework, OpenSSL version and architecture, with a note if the machine has a different architecture.
    /// </summary>
    public static string Title
    {
        get
        {
            var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            var title = $"{Program.DefaultName} {version ?? "of an unknown version"}, {RuntimeInformation.FrameworkDescription}, "
                + $"{TlsLibrary.Version}, {LambdaEnvironment.Architecture}";
            var machine = RuntimeInformation.OSArchitecture;
            return machine == RuntimeInformation.ProcessArchitecture
                ? title
                : $"{title} (emulated: this machine is {NameOf(machine)}; a function needs the layer of its own architecture)";
        }
    }

    static string NameOf(Architecture machine) => machine switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "arm64",
        _ => "of another architecture",
    };

    static Command[] Commands =>
    [
        new("--check", "shows the settings in force and tries the endpoint step by step, with one marked test record\n"
            + "             --check --all shows the settings that have their usual values as well\n"
            + "             --check --json writes one JSON object, for programs\n"
            + "             --check --sample FILE shows what the rules make of a file's lines (- for standard input),\n"
            + "             and sends nothing", Check),
        new("--help", "shows this and the reference of all variables", context => Print(context, Help())),
        new("--version", "shows version, framework and architecture", context => Print(context, Title)),
    ];

    /// <summary>Runs the command that the arguments name.</summary>
    /// <param name="arguments">At least one argument.</param>
    /// <param name="read">Reads an environment variable.</param>
    /// <param name="write">Writes text to the terminal.</param>
    /// <param name="names">The names of all environment variables. Null: unknown variables are not reported.</param>
    /// <returns>The exit code: 0 on success, 1 if the check found a problem, 2 if the arguments are not known.</returns>
    public static int Run(string[] arguments, Func<string, string?> read, LineWriter write, Func<IEnumerable<string>>? names = null)
    {
        var context = new CommandContext(arguments.AsMemory(1), read, write, names);
        foreach (var command in Commands)
        {
            if (command.Name == arguments[0] || (command.Name == "--help" && arguments[0] == "-h"))
                return command.Run(context) ?? UsageError(context, $"{command.Name} does not accept: {string.Join(' ', arguments[1..])}");
        }

        // Its options are enough to mean --check.
        if (arguments[0] is "--sample" or "--all" or "--json")
            return Run(["--check", .. arguments], read, write, names);

        return UsageError(context, $"unknown argument \"{arguments[0]}\"");
    }

    static int? Check(CommandContext context)
    {
        var composition = new Composition(context.Read, new ExtensionLog(context.Write), context.Names);
        if (context.Arguments.Span is ["--sample", var path])
            return Sample(context, composition, path);

        if (context.Arguments.Span is [.., "--sample"])
            return UsageError(context, "--sample is without a file (- for standard input)");

        var (showsAll, isJson) = (false, false);
        foreach (var argument in context.Arguments.Span)
        {
            showsAll |= argument == "--all";
            isJson |= argument == "--json";
            if (argument is not ("--all" or "--json" or "--check"))
                return null;
        }

        ICheckReport report = isJson ? new JsonReport(context.Write) : new TextReport(new PlainTextWriter(context.Write));
        return composition.Check(Title, report, showsAll);
    }

    static int Sample(CommandContext context, Composition composition, string path)
    {
        try
        {
            return composition.Sample(File.ReadLines(path == "-" ? "/dev/stdin" : path), new PlainTextWriter(context.Write));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return UsageError(context, $"{path} cannot be read: {ExceptionText.Of(error)}");
        }
    }

    static string Help()
    {
        var text = new StringBuilder();
        foreach (var command in Commands)
            text.Append("  ").Append(command.Name.PadRight(11)).AppendLine(command.Description);

        return HelpText.Write(text.ToString()).TrimEnd();
    }

    static int? Print(CommandContext context, string text)
    {
        if (context.Arguments.Length > 0)
            return null;

        context.Write(Encoding.UTF8.GetBytes(text + "\n"));
        return 0;
    }

    static int UsageError(CommandContext context, string what)
    {
        var known = string.Join(", ", Array.ConvertAll(Commands, command => command.Name));
        context.Write(Encoding.UTF8.GetBytes($"{what}; known arguments: {known}\n"));
        return WrongUsage;
    }
}
