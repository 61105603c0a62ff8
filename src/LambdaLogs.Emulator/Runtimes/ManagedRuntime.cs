using System.Diagnostics;

namespace LambdaLogs.Emulator.Runtimes;

/// <summary>
/// Runs a function of a managed runtime with the locally installed interpreter. It uses AWS's runtime interface client if that is
/// installed; for Python and Node.js the emulator has its own client.
/// </summary>
/// <param name="name">The runtime in the function's configuration, such as <c>python3.12</c>; the version is optional.</param>
/// <param name="handler">The handler in the function's configuration.</param>
internal sealed class ManagedRuntime(string name, string handler)
{
    const string JavaClient = "aws-lambda-java-runtime-interface-client";
    const string JavaMain = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    const string DotnetClient = "Amazon.Lambda.RuntimeSupport.dll";
    const string RubyClient = "aws_lambda_ric";
    const string PythonClient = "awslambdaric";
    const string NodeClient = "node_modules/aws-lambda-ric/index.mjs";
    const string OldNodeClient = "node_modules/aws-lambda-ric/bin/index.mjs";

    /// <summary>The longest wait for the version of a version manager's shim.</summary>
    static readonly TimeSpan ShimLimit = TimeSpan.FromSeconds(10);

    /// <summary>The supported runtimes, without versions.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["python", "nodejs", "ruby", "java", "dotnet", "provided"];

    /// <summary>The runtime's name without its version.</summary>
    public string? Kind { get; } = Kinds.FirstOrDefault(k => name.StartsWith(k, StringComparison.Ordinal));

    /// <summary>The runtime version in telemetry: <c>python:3.12.v1</c>. Null if the name has no version.</summary>
    public string? Version =>
        Kind is not null && name[Kind.Length..].TrimStart('.') is { Length: > 0 } version && name != "python3"
            ? $"{Kind}:{(version.EndsWith(".x", StringComparison.Ordinal) ? version[..^2] : version)}.v1"
            : null;

    /// <summary>Checks that everything the function needs is installed.</summary>
    /// <returns>Null if nothing is missing.</returns>
    /// <param name="directory">The function's directory.</param>
    /// <param name="searchPath">The PATH in which interpreters are looked up.</param>
    public string? Validate(string directory, string searchPath)
    {
        if (Kind is null)
            return $"--runtime {name}: expected one of {string.Join(", ", Kinds)}, with or without a version";
        if (!Directory.Exists(directory))
            return $"{directory}: no such directory; with --runtime, --function is a directory";
        if (Kind is not "provided" && Interpreter(searchPath) is null)
            return $"--runtime {name}: {Programs[0]} is not installed";

        return Kind switch
        {
            "python" or "nodejs" when !handler.Contains('.') => $"--handler {handler}: expected file.function",
            "ruby" when Find(RubyClient, searchPath) is null =>
                $"--runtime {name}: needs AWS's runtime interface client (gem install {RubyClient})",
            "java" when !Jars(directory).Any(j => Path.GetFileName(j).StartsWith(JavaClient, StringComparison.Ordinal)) =>
                $"--runtime {name}: needs AWS's runtime interface client ({JavaClient}) among the jars in {directory} or its lib",
            "dotnet" when handler.Contains(':', StringComparison.Ordinal) && !File.Exists(Path.Combine(directory, DotnetClient)) =>
                $"--runtime {name}: needs {DotnetClient} in {directory} (add the package Amazon.Lambda.RuntimeSupport and publish)",
            _ => null,
        };
    }

    /// <summary>The interpreter on this machine: with the exact version, otherwise without a version. Null if there is none.</summary>
    public string? Interpreter(string searchPath) => Programs.Select(p => Find(p, searchPath)).FirstOrDefault(p => p is not null);

    /// <summary>The command line: the program's path in the sandbox, and its arguments.</summary>
    /// <param name="interpreter">The result of <see cref="Interpreter"/>.</param>
    /// <param name="directory">The function's directory on the host.</param>
    /// <param name="roots">The paths inside the sandbox.</param>
    /// <param name="searchPath">The PATH in which programs are looked up.</param>
    public IReadOnlyList<string> Command(string interpreter, string directory, RuntimeRoots roots, string searchPath) => Kind switch
    {
        "python" when Directory.Exists(Path.Combine(directory, PythonClient)) => [interpreter, "-m", PythonClient, handler],
        "python" => [interpreter, $"{roots.Runtime}/client.py"],
        "nodejs" when NodeClientIn(directory) is { } client => [interpreter, $"{roots.Task}/{client}", handler],
        "nodejs" => [interpreter, $"{roots.Runtime}/client.mjs"],
        "ruby" => [Find(RubyClient, searchPath)!, handler],
        "java" => [interpreter, "-cp", $"{roots.Task}:{roots.Task}/*:{roots.Task}/lib/*:/opt/java/lib/*", JavaMain, handler],
        _ => Dotnet(interpreter, directory, roots.Task),
    };

    /// <summary>The environment variables that only this managed runtime has.</summary>
    /// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html"/></remarks>
    public IEnumerable<(string Name, string Value)> Variables() => Kind switch
    {
        "nodejs" => [Execution, ("NODE_PATH", "/opt/nodejs/node_modules:/var/runtime/node_modules")],
        "python" => [Execution, ("PYTHONPATH", "/var/runtime")],
        "ruby" => [Execution, ("RUBYLIB", "/var/runtime:/opt/ruby/lib"), .. RubyGems],
        "provided" => [],
        _ => [Execution],
    };

    /// <summary>The gem directory of layers contains the Ruby version, so it can only be set if the version is known.</summary>
    (string, string)[] RubyGems => name.Length > "ruby".Length
        ? [("GEM_PATH", $"/var/task/vendor/bundle/ruby/{name["ruby".Length..]}.0:/opt/ruby/gems/{name["ruby".Length..]}.0")]
        : [];

    (string, string) Execution => ("AWS_EXECUTION_ENV", $"AWS_Lambda_{name}");

    /// <summary>The names of possible interpreters, best first.</summary>
    IReadOnlyList<string> Programs => Kind switch
    {
        "python" => name is "python" or "python3" ? ["python3"] : [name, "python3"],
        "nodejs" => ["node"],
        _ => [Kind!],
    };

    /// <summary>
    /// A handler of the form <c>Assembly::Type::Method</c> is loaded by AWS's client. Without a type, the assembly is a program that
    /// contains the client, or an executable.
    /// </summary>
    string[] Dotnet(string interpreter, string directory, string taskRoot)
    {
        var assembly = handler.Split(':')[0];
        if (!handler.Contains(':', StringComparison.Ordinal))
        {
            var file = assembly.EndsWith(".dll", StringComparison.Ordinal) ? assembly : $"{assembly}.dll";
            return !File.Exists(Path.Combine(directory, file)) && File.Exists(Path.Combine(directory, assembly))
                ? [$"{taskRoot}/{assembly}"]
                : [interpreter, "exec", $"{taskRoot}/{file}"];
        }

        return
        [
            interpreter, "exec",
            "--depsfile", $"{taskRoot}/{DescriptionFile(directory, assembly, ".deps.json")}",
            "--runtimeconfig", $"{taskRoot}/{DescriptionFile(directory, assembly, ".runtimeconfig.json")}",
            $"{taskRoot}/{DotnetClient}", handler,
        ];
    }

    /// <summary>
    /// The name of the JSON file that describes an assembly. If that file does not exist because the handler's type is in another
    /// assembly, the only such file in the directory is used.
    /// </summary>
    static string DescriptionFile(string directory, string assembly, string kind)
    {
        var own = assembly + kind;
        return !File.Exists(Path.Combine(directory, own)) && Directory.GetFiles(directory, $"*{kind}") is [var only]
            ? Path.GetFileName(only)
            : own;
    }

    static string? NodeClientIn(string directory) =>
        new[] { NodeClient, OldNodeClient }.FirstOrDefault(c => File.Exists(Path.Combine(directory, c)));

    static IEnumerable<string> Jars(string directory) => new[] { directory, Path.Combine(directory, "lib") }
        .Where(Directory.Exists).SelectMany(d => Directory.GetFiles(d, "*.jar"));

    static string? Find(string program, string searchPath) =>
        searchPath.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsProgram);

    /// <summary>
    /// False also for a shim of a version manager (pyenv, rbenv, nodenv, asdf) for a version that is not selected: it exists, but only
    /// prints an error.
    /// </summary>
    static bool IsProgram(string file)
    {
        if (!File.Exists(file))
            return false;
        if (Path.GetFileName(Path.GetDirectoryName(file)) != "shims")
            return true;

        using var process = Process.Start(
            new ProcessStartInfo(file, "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
        return process is not null && process.WaitForExit(ShimLimit) && process.ExitCode == 0;
    }
}

/// <summary>The directories of a managed runtime inside the sandbox.</summary>
/// <param name="Task">The function's directory.</param>
/// <param name="Runtime">The directory of the <see cref="RuntimeClients"/>.</param>
internal sealed record RuntimeRoots(string Task, string Runtime);
