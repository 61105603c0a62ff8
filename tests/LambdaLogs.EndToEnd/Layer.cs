using System.Runtime.InteropServices;

namespace LambdaLogs.EndToEnd;

/// <summary>The layer as it ships, built by <c>make build_lambda_x86</c> or <c>make build_lambda_arm</c> before the tests run.</summary>
static class Layer
{
    public const string ExtensionName = "aws-lambda-logs-http-destination";

    static string Architecture => RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x86_64";

    public static string Root { get; } = FindRoot();

    public static string Zip { get; } = Existing(Path.Combine(Root, "artifacts", $"{ExtensionName}-{Architecture}.zip"));

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
