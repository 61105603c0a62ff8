namespace LambdaLogs.Emulator.Sandbox;

/// <summary>How a function's process is started.</summary>
internal static class FunctionCommand
{
    static readonly string[] EntryPoints = ["bootstrap", "run"];

    /// <summary>Says what is wrong with a function before it is started.</summary>
    /// <returns>Null where nothing is.</returns>
    public static string? Problem(FunctionSource source)
    {
        if (source is not FunctionSource.FromDirectory directory)
            return null;

        return EntryPoint(directory.Path) is { } file
            ? ExecutableCheck.Problem(file)
            : $"{directory.Path}: holds no bootstrap";
    }

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

    static string? EntryPoint(string directory) =>
        EntryPoints.Select(e => Path.Combine(directory, e)).FirstOrDefault(File.Exists);
}
