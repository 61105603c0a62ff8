using LambdaLogs.Emulator.Runtimes;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Builds the command that starts a function.</summary>
internal static class FunctionCommand
{
    static readonly string[] EntryPoints = ["bootstrap", "run"];

    /// <summary>Shell keywords and builtins that a command can start with.</summary>
    static readonly HashSet<string> ShellWords =
    [
        "", ".", ":", "alias", "bg", "break", "case", "cd", "command", "continue", "eval", "exec", "exit", "export", "fg", "for", "hash",
        "if", "jobs", "local", "read", "readonly", "return", "set", "shift", "trap", "type", "ulimit", "umask", "unalias", "unset", "until",
        "wait", "while",
    ];

    /// <summary>Checks a function before it is started.</summary>
    /// <returns>The problem. Null if there is none.</returns>
    /// <param name="source">The function's source.</param>
    /// <param name="searchPath">The PATH in which commands are looked up.</param>
    public static string? Validate(FunctionSource source, string searchPath) => source switch
    {
        FunctionSource.FromDirectory directory when EntryPoint(directory.Path) is { } file => ExecutableCheck.Validate(file),
        FunctionSource.FromDirectory directory =>
            $"{directory.Path}: contains no executable bootstrap; for a handler, set --runtime and --handler",
        FunctionSource.FromCommand command => ValidateCommand(command.Line, searchPath),
        FunctionSource.FromManaged managed => new ManagedRuntime(managed.Runtime, managed.Handler).Validate(managed.Path, searchPath)
            ?? (IsProvided(managed) ? Validate(FunctionSource.Directory(managed.Path), searchPath) : null),
        _ => null,
    };

    /// <summary>The host's directory that is mounted at <c>/var/task</c>. Null for an in-process handler.</summary>
    public static string? TaskDirectory(FunctionSource source) => source switch
    {
        FunctionSource.FromDirectory directory => Path.GetFullPath(directory.Path),
        FunctionSource.FromManaged managed => Path.GetFullPath(managed.Path),
        FunctionSource.FromCommand => Directory.GetCurrentDirectory(),
        _ => null,
    };

    /// <summary>The files and directories of the host that a function uses.</summary>
    public static IEnumerable<string> Paths(FunctionSource source, string searchPath) => source switch
    {
        FunctionSource.FromCommand command => command.Line.Split([' ', '\t', '"', '\'', '=', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w.Contains('/') && Path.Exists(w)).Append(Directory.GetCurrentDirectory()),
        FunctionSource.FromManaged managed when !IsProvided(managed) =>
            new[] { new ManagedRuntime(managed.Runtime, managed.Handler).Interpreter(searchPath) }.OfType<string>(),
        _ => [],
    };

    /// <summary>The spawn request for a source that runs as a process.</summary>
    public static SpawnRequest For(FunctionSource source, SandboxResources resources, SandboxEnvironment environment)
    {
        var variables = environment.ForRuntime(resources.TaskRoot);
        variables["_LAMBDA_TELEMETRY_LOG_FD"] = "3";
        switch (source)
        {
            case FunctionSource.FromDirectory directory:
                return Executable(directory.Path, variables, resources);
            case FunctionSource.FromManaged managed when IsProvided(managed):
                return Executable(managed.Path, variables, resources);
            case FunctionSource.FromManaged managed:
                return Interpreted(managed, variables, resources);
            case FunctionSource.FromCommand command:
                var line = CommandLineOf(command.Line);
                return new SpawnRequest("/bin/sh", ["/bin/sh", "-c", line], variables, Directory.GetCurrentDirectory())
                {
                    Namespaces = resources.Namespaces,
                    IsShell = true,
                    HasFrames = true,
                };
            default:
                throw new ArgumentException($"{source.GetType().Name} is no process.", nameof(source));
        }
    }

    static SpawnRequest Executable(string directory, Dictionary<string, string> variables, SandboxResources resources)
    {
        var entry = EntryPoint(Path.GetFullPath(directory)) ?? EntryPoints[0];
        var file = Path.Combine(resources.TaskRoot, Path.GetFileName(entry));
        return new SpawnRequest(file, [file], variables, resources.TaskRoot)
        {
            Namespaces = resources.Namespaces,
            HostFile = Path.Combine(Path.GetFullPath(directory), Path.GetFileName(entry)),
            HasFrames = true,
        };
    }

    static SpawnRequest Interpreted(FunctionSource.FromManaged managed, Dictionary<string, string> variables, SandboxResources resources)
    {
        var runtime = new ManagedRuntime(managed.Runtime, managed.Handler);
        var searchPath = variables["PATH"];
        var interpreter = runtime.Interpreter(searchPath) ?? runtime.Kind ?? managed.Runtime;
        var roots = new RuntimeRoots(resources.TaskRoot, resources.RuntimeRoot);
        var command = runtime.Command(interpreter, Path.GetFullPath(managed.Path), roots, searchPath);
        foreach (var (name, value) in runtime.Variables())
            variables.TryAdd(name, value);
        variables["_HANDLER"] = managed.Handler;

        // A script, usually from a layer, that starts the runtime in its own way.
        if (variables.GetValueOrDefault("AWS_LAMBDA_EXEC_WRAPPER") is { Length: > 0 } wrapper)
            command = [wrapper, .. command];
        return new SpawnRequest(command[0], command, variables, resources.TaskRoot) { Namespaces = resources.Namespaces, HasFrames = true };
    }

    static bool IsProvided(FunctionSource.FromManaged managed) =>
        new ManagedRuntime(managed.Runtime, managed.Handler).Kind is "provided";

    /// <summary>
    /// Replaces the shell with a single program by <c>exec</c>, so that signals reach it and its memory is measured. Command lines that
    /// need the shell keep it.
    /// </summary>
    public static string CommandLineOf(string line)
    {
        var first = line.TrimStart().Split([' ', '\t'], 2)[0];
        return line.AsSpan().ContainsAny(";&|<>()`{}!\n\r") || first.Contains('=') || ShellWords.Contains(first) ? line : $"exec {line}";
    }

    /// <summary>A shell command line cannot be checked completely. Only a program with a path and a single word are checked.</summary>
    static string? ValidateCommand(string line, string searchPath)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return "an empty command";
        if (words[0].Contains('/'))
            return ExecutableCheck.Validate(words[0]);

        return words.Length > 1 || searchPath.Split(':').Any(p => File.Exists(Path.Combine(p, words[0])))
            ? null
            : $"{words[0]}: neither a directory nor a command";
    }

    static string? EntryPoint(string directory) =>
        EntryPoints.Select(e => Path.Combine(directory, e)).FirstOrDefault(File.Exists);
}
