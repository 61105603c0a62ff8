using System.Reflection;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Where the samples are.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    public static string BashExtension => Path.Combine(Root, "samples", "extensions", "bash", "telemetry-printer");

    public static string Function(string language) => Path.Combine(Root, "samples", "functions", language);
}
