namespace LambdaLogs.Emulator.Runtimes;

/// <summary>
/// How a function without an executable of its own is run: by the interpreter that is installed, with AWS's client of the Runtime API where
/// it is there, else with one of ours, which Python and Node.js have.
/// </summary>
/// <param name="name">As in a function's configuration, such as <c>python3.12</c>; the version may be left out.</param>
/// <param name="handler">As in a function's configuration.</param>
internal sealed class ManagedRuntime(string name, string handler)
{
    const string JavaClient = "aws-lambda-java-runtime-interface-client";
    const string JavaMain = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    const string DotnetClient = "Amazon.Lambda.RuntimeSupport.dll";
    const string RubyClient = "aws_lambda_ric";
    const string PythonClient = "awslambdaric";
    const string NodeClient = "node_modules/aws-lambda-ric/index.mjs";
    const string OldNodeClient = "node_modules/aws-lambda-ric/bin/index.mjs";

    /// <summary>What can be asked for, without versions.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["python", "nodejs", "ruby", "java", "dotnet", "provided"];

    /// <summary>The name without its version.</summary>
    public string? Kind { get; } = Kinds.FirstOrDefault(k => name.StartsWith(k, StringComparison.Ordinal));

    /// <summary>As telemetry has it: <c>python:3.12.v1</c>. Null where the name has no version.</summary>
    public string? Version =>
        Kind is not null && name[Kind.Length..].TrimStart('.') is { Length: > 0 } version && name != "python3"
            ? $"{Kind}:{(version.EndsWith(".x", StringComparison.Ordinal) ? version[..^2] : version)}.v1"
            : null;

    /// <summary>Says what is missing before anything is started.</summary>
    /// <returns>Null where nothing is.</returns>
    /// <param name="directory">The function's.</param>
    /// <param name="searchPath">Where interpreters are looked for: a PATH.</param>
    public string? Problem(string directory, string searchPath)
    {
        if (Kind is null)
            return $"--runtime {name}: expected one of {string.Join(", ", Kinds)}, with or without a version";
        if (!Directory.Exists(directory))
            return $"{directory}: no such directory; a function with --runtime is one";
        if (Kind is not "provided" && Interpreter(searchPath) is null)
            return $"--runtime {name}: {Programs[0]} is not installed";

        return Kind switch
        {
            "python" or "nodejs" when !handler.Contains('.') => $"--handler {handler}: expected file.function",
            "ruby" when Find(RubyClient, searchPath) is null => $"--runtime {name}: needs AWS's client (gem install {RubyClient})",
            "java" when !Jars(directory).Any(j => Path.GetFileName(j).StartsWith(JavaClient, StringComparison.Ordinal)) =>
                $"--runtime {name}: needs AWS's client ({JavaClient}) among the jars in {directory} or its lib",
            "dotnet" when handler.Contains(':', StringComparison.Ordinal) && !File.Exists(Path.Combine(directory, DotnetClient)) =>
                $"--runtime {name}: needs {DotnetClient} in {directory} (add the package Amazon.Lambda.RuntimeSupport and publish)",
            _ => null,
        };
    }

    /// <summary>The interpreter on this machine: the one of that version, else the one without. Null where none is.</summary>
    public string? Interpreter(string searchPath) => Programs.Select(p => Find(p, searchPath)).FirstOrDefault(p => p is not null);

    /// <summary>The command: the program, as its process sees it, and its arguments.</summary>
    /// <param name="interpreter">Of <see cref="Interpreter"/>.</param>
    /// <param name="directory">The function's directory on this machine.</param>
    /// <param name="roots">Where its process sees what it needs.</param>
    /// <param name="searchPath">A PATH.</param>
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

    /// <summary>Variables that the managed runtime has beside those of all.</summary>
    /// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html"/></remarks>
    public IEnumerable<(string Name, string Value)> Variables() => Kind switch
    {
        "nodejs" => [Execution, ("NODE_PATH", "/opt/nodejs/node_modules:/var/runtime/node_modules")],
        "python" => [Execution, ("PYTHONPATH", "/var/runtime")],
        "ruby" => [Execution, ("RUBYLIB", "/var/runtime:/opt/ruby/lib"), .. RubyGems],
        "provided" => [],
        _ => [Execution],
    };

    /// <summary>The gems of layers are in a directory with the language's version in its name, which has to be known for that.</summary>
    (string, string)[] RubyGems => name.Length > "ruby".Length
        ? [("GEM_PATH", $"/var/task/vendor/bundle/ruby/{name["ruby".Length..]}.0:/opt/ruby/gems/{name["ruby".Length..]}.0")]
        : [];

    (string, string) Execution => ("AWS_EXECUTION_ENV", $"AWS_Lambda_{name}");

    /// <summary>Candidates, the best first.</summary>
    IReadOnlyList<string> Programs => Kind switch
    {
        "python" => name is "python" or "python3" ? ["python3"] : [name, "python3"],
        "nodejs" => ["node"],
        _ => [Kind!],
    };

    /// <summary>
    /// A handler <c>Assembly::Type::Method</c> is loaded by AWS's client; without a type the assembly is a program that has the client, or
    /// an executable.
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
            "--depsfile", $"{taskRoot}/{Described(directory, assembly, ".deps.json")}",
            "--runtimeconfig", $"{taskRoot}/{Described(directory, assembly, ".runtimeconfig.json")}",
            $"{taskRoot}/{DotnetClient}", handler,
        ];
    }

    /// <summary>The description of an assembly. A handler's type can be in another than the main one: then the only one there is.</summary>
    static string Described(string directory, string assembly, string kind)
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
        searchPath.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

/// <summary>Where a process of a managed runtime sees its files.</summary>
/// <param name="Task">The function's directory.</param>
/// <param name="Runtime">That of <see cref="RuntimeClients"/>.</param>
internal sealed record RuntimeRoots(string Task, string Runtime);
