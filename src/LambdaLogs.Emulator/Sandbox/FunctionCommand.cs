namespace LambdaLogs.Emulator.Sandbox;

/// <summary>How a function's process is started.</summary>
internal static class FunctionCommand
{
    static readonly string[] EntryPoints = ["bootstrap", "run"];

    /// <summary>Says what is wrong with a function before it is started.</summary>
    /// <returns>Null where nothing is.</returns>
    /// <param name="source">Any.</param>
    /// <param name="searchPath">Where commands are looked for: a PATH.</param>
    public static string? Problem(FunctionSource source, string searchPath) => source switch
    {
        FunctionSource.FromDirectory directory when EntryPoint(directory.Path) is { } file => ExecutableCheck.Problem(file),
        FunctionSource.FromDirectory directory => $"{directory.Path}: holds no bootstrap",
        FunctionSource.FromCommand command => CommandProblem(command.Line, searchPath),
        _ => null,
    };

    /// <summary>What to start for a source that is a process.</summary>
    public static SpawnRequest For(FunctionSource source, string workDirectory, SandboxEnvironment environment)
    {
        switch (source)
        {
            case FunctionSource.FromDirectory directory:
                var root = Path.GetFullPath(directory.Path);
                var file = EntryPoint(root) ?? Path.Combine(root, EntryPoints[0]);
                return new SpawnRequest(file, [file], environment.ForRuntime(root), root);
            case FunctionSource.FromCommand command:
                return new SpawnRequest(
                    "/bin/sh", ["/bin/sh", "-c", command.Line], environment.ForRuntime(workDirectory), Directory.GetCurrentDirectory());
            default:
                throw new ArgumentException($"{source.GetType().Name} is no process.", nameof(source));
        }
    }

    /// <summary>A shell can do more than can be checked; what is checked is a program with a path, and a lone word.</summary>
    static string? CommandProblem(string line, string searchPath)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return "an empty command";
        if (words[0].Contains('/'))
            return ExecutableCheck.Problem(words[0]);

        return words.Length > 1 || searchPath.Split(':').Any(p => File.Exists(Path.Combine(p, words[0])))
            ? null
            : $"{words[0]}: neither a directory nor a command";
    }

    static string? EntryPoint(string directory) =>
        EntryPoints.Select(e => Path.Combine(directory, e)).FirstOrDefault(File.Exists);
}
