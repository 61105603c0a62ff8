namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Where the samples are.</summary>
internal static class Repository
{
    /// <summary>The directory with the solution above the test's binaries or the current directory.</summary>
    public static string Root { get; } =
        Find(AppContext.BaseDirectory) ?? Find(Directory.GetCurrentDirectory())
        ?? throw new InvalidOperationException("The repository's root was not found above the tests.");

    public static string BashExtension => Path.Combine(Root, "samples", "extensions", "bash", "telemetry-printer");

    public static string Function(string language) => Path.Combine(Root, "samples", "functions", language);

    static string? Find(string? directory)
    {
        for (; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "LambdaLogs.slnx")))
                return directory;
        }

        return null;
    }
}
