using System.Reflection;
using System.Runtime.InteropServices;

namespace LambdaLogs.Deployment.Tests;

/// <summary>The tree that these tests are built from, with its scripts and templates.</summary>
internal static class Repository
{
    public const string ExtensionName = "aws-lambda-logs-http-destination";

    /// <summary>Its root.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>This machine's architecture, as layers call it.</summary>
    public static string Architecture { get; } =
        RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x86_64";

    /// <summary>The other one.</summary>
    public static string ForeignArchitecture => Architecture == "arm64" ? "x86_64" : "arm64";

    /// <summary>All of them, this machine's first.</summary>
    public static IReadOnlyList<string> Architectures { get; } =
        Shell.RunAsync(Path("scripts/architecture"), []).GetAwaiter().GetResult().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The layer as it ships, which <c>make test</c> builds first.</summary>
    public static string Zip => ZipOf(Architecture);

    public static string ZipOf(string architecture) => Path("artifacts", $"{ExtensionName}-{architecture}.zip");

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Read(params ReadOnlySpan<string> parts) => File.ReadAllText(Path(parts));
}
