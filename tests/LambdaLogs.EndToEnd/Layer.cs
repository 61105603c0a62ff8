using System.Runtime.InteropServices;

namespace LambdaLogs.EndToEnd;

/// <summary>
/// The layer as it ships, built by <c>make build_lambda_x86</c> or <c>make build_lambda_arm</c> before the tests run. The variable LAYER_ARCHITECTURE chooses one; on a
/// machine of the other architecture it runs under qemu's user mode.
/// </summary>
static class Layer
{
    public const string ExtensionName = "aws-lambda-logs-http-destination";

    /// <summary>Where it is in the zip.</summary>
    public const string ExtensionEntry = $"extensions/{ExtensionName}";

    static readonly string Own = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x86_64";

    /// <summary>Whose layer is tested, as layers call it.</summary>
    public static string Architecture { get; } = Environment.GetEnvironmentVariable("LAYER_ARCHITECTURE") is { Length: > 0 } chosen ? chosen : Own;

    /// <summary>True where the layer's machine is not this one.</summary>
    public static bool IsEmulated => Architecture != Own;

    /// <summary>What runs the executable where this machine cannot. Null where it can.</summary>
    public static string? Interpreter => IsEmulated ? $"/usr/bin/qemu-{(Architecture == "arm64" ? "aarch64" : Architecture)}-static" : null;

    public static string Root { get; } = FindRoot();

    public static string Zip { get; } = Existing(Path.Combine(Root, "artifacts", $"{ExtensionName}-{Architecture}.zip"));

    /// <summary>Where the native build of it lies, with its symbols.</summary>
    public static string NativeFolder => Path.Combine(Root, "artifacts", $"native-{Architecture}");

    public static string Sample(string path) => Path.Combine(Root, "samples", path);

    static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "LambdaLogs.slnx")))
                return directory.FullName;
        }

        throw new InvalidOperationException("The tests run from within the repository.");
    }

    static string Existing(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: make test builds it, or make build_lambda_x86.");
}
