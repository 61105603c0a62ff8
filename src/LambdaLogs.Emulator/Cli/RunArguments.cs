using System.Text.RegularExpressions;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The arguments of <c>lambda-emulator run</c>, not yet validated.</summary>
internal sealed partial record RunArguments
{
    /// <summary>A directory or a command. Null if it is missing, which <see cref="Validate"/> reports.</summary>
    public string? Function { get; init; }

    /// <summary>Why the template cannot be used. Null if there is no template or it is valid.</summary>
    public string? TemplateProblem { get; init; }

    /// <summary>The managed runtime, such as <c>python3.12</c>. Null: the function is an executable.</summary>
    public string? Runtime { get; init; }

    public string? Handler { get; init; }
    public IReadOnlyList<string> Layers { get; init; } = [];
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Variables in the form <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public string Name { get; init; } = "emulated-function";
    public string Version { get; init; } = "$LATEST";
    public string Region { get; init; } = "us-east-1";
    public string Account { get; init; } = "123456789012";
    public int MemoryMb { get; init; } = 128;
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A value of <c>AWS_LAMBDA_INITIALIZATION_TYPE</c>.</summary>
    public string InitializationName { get; init; } = InitializationType.OnDemand.WireName();

    public int Invocations { get; init; }

    /// <summary>The event as JSON, or the name of a file. Null means <c>{}</c>.</summary>
    public string? Event { get; init; }

    /// <summary>The tenant ID of the invocations. Null for none.</summary>
    public string? TenantId { get; init; }

    public TimeSpan Freeze { get; init; }
    public bool LimitCpu { get; init; }
    public int EphemeralStorageMb { get; init; } = 512;
    public NetworkMode Network { get; init; }
    public bool IsIsolated { get; init; } = true;
    public LogFormat LogFormat { get; init; }

    /// <summary>How many environments can exist at once. 0: one environment, in which invocations queue.</summary>
    public int Concurrency { get; init; }

    public int AsyncRetries { get; init; } = 2;
    public TimeSpan AsyncRetryDelay { get; init; } = TimeSpan.FromSeconds(1);
    public string? OnFailureFile { get; init; }
    public int Port { get; init; }
    public bool IsJson { get; init; }
    public bool IsVerbose { get; init; }
    public string? ScenarioFile { get; init; }

    /// <summary>How many log lines the destination must receive. Null: not checked.</summary>
    public int? ExpectLines { get; init; }

    /// <summary>True: the run stops after the first failed invocation.</summary>
    public bool StopsOnError { get; init; }
    public string? JunitFile { get; init; }

    /// <summary>The page's port, 0 for any. Null: no page.</summary>
    public int? PagePort { get; init; }

    /// <summary>False: the processes keep running between invocations.</summary>
    public bool FreezesProcesses { get; init; } = true;

    /// <summary>
    /// These arguments combined with the environment of a scenario. Layers, extensions and variables of the command line are added to it.
    /// </summary>
    /// <param name="environment">The scenario's environment.</param>
    /// <param name="folder">The directory that the scenario's relative paths start from.</param>
    public RunArguments With(ScenarioEnvironment environment, string folder)
    {
        var timeout = Timeout;
        if (environment.Timeout is not null && Durations.TryParse(environment.Timeout, out var given))
            timeout = given;
        string At(string path) => Path.GetFullPath(path, folder);
        return this with
        {
            Function = Function ?? (Directory.Exists(At(environment.Function ?? "")) ? At(environment.Function!) : environment.Function),
            Layers = [.. environment.Layers.Select(At), .. Layers],
            Extensions = [.. environment.Extensions.Select(At), .. Extensions],
            Environment = [.. environment.Env.Select(e => $"{e.Key}={e.Value}"), .. Environment],
            Name = environment.Name ?? Name,
            Version = environment.Version ?? Version,
            Region = environment.Region ?? Region,
            Account = environment.Account ?? Account,
            MemoryMb = environment.Memory ?? MemoryMb,
            Timeout = timeout,
            LogFormat = environment.LogFormat is { } format ? Format(format) : LogFormat,
            InitializationName = environment.Initialization ?? InitializationName,
            FreezesProcesses = environment.Freeze ?? FreezesProcesses,
        };
    }

    /// <summary>Every error in the arguments, found before anything is started.</summary>
    /// <param name="searchPath">The PATH in which commands are looked up.</param>
    public IReadOnlyList<string> Validate(string searchPath)
    {
        EventText.Read(Event, out var wrongEvent);
        return
        [
            .. new[] { TemplateProblem ?? ValidateFunction(searchPath) }.OfType<string>(),
            .. Layers.Select(LayerArchive.Validate).OfType<string>(),
            .. Extensions.Select(ExecutableCheck.Validate).OfType<string>(),
            .. Environment.Where(e => e.IndexOf('=') <= 0).Select(e => $"--env {e}: expected NAME=value"),
            .. Environment.Where(e => e.IndexOf('=') > 0).Select(e => ReservedVariables.Validate(e.Split('=')[0])).OfType<string>(),
            .. When(
                Runtime is not null && !Runtime.StartsWith("provided", StringComparison.Ordinal) && Handler is null,
                $"--runtime {Runtime}: needs --handler"),
            .. When(EphemeralStorageMb is < 512 or > 10_240, $"--ephemeral-storage {EphemeralStorageMb}: expected 512 to 10240"),
            .. When(Network is NetworkMode.None && !IsIsolated, "--network none: cannot be used with --no-isolation"),
            .. new[] { wrongEvent }.OfType<string>(),
            .. When(MemoryMb is < 128 or > 10_240, $"--memory {MemoryMb}: expected 128 to 10240"),
            .. When(
                Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromSeconds(900),
                $"--timeout {new Duration(Timeout)}: expected 100ms to 900s"),
            .. When(Invocations < 0, $"--invoke {Invocations}: expected 0 or more"),
            .. When(Concurrency is < 0 or > 100, $"--concurrency {Concurrency}: expected 0 to 100"),
            .. When(AsyncRetries is < 0 or > 2, $"--async-retries {AsyncRetries}: expected 0 to 2"),
            .. When(Port is < 0 or > 65_535, $"--port {Port}: expected 0 to 65535"),
            .. When(PagePort is < 0 or > 65_535, $"--ui {PagePort}: expected 0 to 65535"),
            .. When(ExpectLines < 0, $"--expect-lines {ExpectLines}: expected 0 or more"),
            .. When(
                Initialization.WireName() != InitializationName,
                $"initialization {InitializationName}: expected one of {InitializationNames}"),
            .. new[] { ValidateOutput("--junit", JunitFile), ValidateOutput("--on-failure", OnFailureFile) }.OfType<string>(),
            .. When(!Account12().IsMatch(Account), $"--account {Account}: expected twelve digits"),
            .. When(!VersionName().IsMatch(Version), $"--version {Version}: expected a number or $LATEST"),
            .. When(!RegionName().IsMatch(Region), $"--region {Region}: expected a region such as eu-west-1"),
        ];
    }

    /// <summary>Converts the arguments to sandbox options.</summary>
    public SandboxOptions ToOptions() => new()
    {
        Function = Source,
        Handler = Handler ?? "index.handler",
        Layers = Layers,
        Extensions = Extensions,
        Environment = Environment.Select(e => e.Split('=', 2)).GroupBy(e => e[0]).ToDictionary(e => e.Key, e => e.Last()[1]),
        FunctionName = Name,
        FunctionVersion = Version,
        Region = Region,
        AccountId = Account,
        MemoryMb = MemoryMb,
        Timeout = Timeout,
        LimitCpu = LimitCpu,
        EphemeralStorageMb = EphemeralStorageMb,
        Network = Network,
        Isolate = IsIsolated,
        Initialization = Initialization,
        Freeze = FreezesProcesses,
        RecordBodies = PagePort is not null,
        LogFormat = LogFormat,
        Concurrency = Concurrency == 0 ? null : Concurrency,
        AsyncRetries = AsyncRetries,
        AsyncRetryDelay = AsyncRetryDelay,
        OnFailureFile = OnFailureFile,
        InvokePort = Port,

        // If the run makes invocations, Init happens in the first one, as on Lambda; otherwise it happens at once, so that errors show
        // early.
        InitOnFirstInvoke = (Invocations > 0 || ScenarioFile is not null) && Initialization is InitializationType.OnDemand,
    };

    static string InitializationNames => string.Join(", ", Enum.GetValues<InitializationType>().Select(t => t.WireName()));

    InitializationType Initialization => Enum.GetValues<InitializationType>().FirstOrDefault(t => t.WireName() == InitializationName);

    FunctionSource Source => Runtime is not null
        ? FunctionSource.Managed(Function!, Runtime, Handler ?? "")
        : Directory.Exists(Function) ? FunctionSource.Directory(Function) : FunctionSource.Command(Function!);

    string? ValidateFunction(string searchPath) => Function is null
        ? "--function is missing; expected a directory with an executable bootstrap, or a command line that uses the Runtime API"
        : FunctionCommand.Validate(Source, searchPath);

    /// <summary>Checks a file that is written at the end of the run.</summary>
    static string? ValidateOutput(string option, string? file)
    {
        if (file is null)
            return null;
        if (Directory.Exists(file))
            return $"{option} {file}: is a directory";

        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        return Directory.Exists(folder) ? null : $"{option} {file}: no such directory: {folder}";
    }

    static LogFormat Format(string text) => text.Equals("JSON", StringComparison.OrdinalIgnoreCase) ? LogFormat.Json : LogFormat.Text;

    static string[] When(bool isWrong, string problem) => isWrong ? [problem] : [];

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex Account12();

    [GeneratedRegex(@"^(\$LATEST|[0-9]{1,10})$")]
    private static partial Regex VersionName();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$")]
    private static partial Regex RegionName();
}
