using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The arguments of <c>lambda-emulator run</c>, as given.</summary>
internal sealed record RunArguments
{
    public required string Function { get; init; }
    public IReadOnlyList<string> Layers { get; init; } = [];
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Each <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public string Name { get; init; } = "emulated-function";
    public int MemoryMb { get; init; } = 128;
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);
    public int Invocations { get; init; }

    /// <summary>A file with the event's JSON. Null for <c>{}</c>.</summary>
    public string? EventFile { get; init; }

    public TimeSpan Freeze { get; init; }
    public LogFormat LogFormat { get; init; }
    public int Port { get; init; }
    public bool IsJson { get; init; }
    public bool IsVerbose { get; init; }

    /// <summary>Everything that is wrong with them, found before anything is started.</summary>
    /// <param name="searchPath">Where commands are looked for.</param>
    public IReadOnlyList<string> Problems(string searchPath) =>
    [
        .. new[] { FunctionCommand.Problem(Source, searchPath) }.OfType<string>(),
        .. Layers.Select(LayerArchive.Problem).OfType<string>(),
        .. Extensions.Select(ExecutableCheck.Problem).OfType<string>(),
        .. Environment.Where(e => e.IndexOf('=') <= 0).Select(e => $"--env {e}: expected NAME=value"),
        .. EventFile is not null && !File.Exists(EventFile) ? [$"--event {EventFile}: no such file"] : Array.Empty<string>(),
        .. MemoryMb is < 128 or > 10_240 ? [$"--memory {MemoryMb}: expected 128 to 10240"] : Array.Empty<string>(),
        .. Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromSeconds(900)
            ? [$"--timeout: expected 0.1 to 900 seconds"] : Array.Empty<string>(),
        .. Invocations < 0 ? [$"--invoke {Invocations}: expected 0 or more"] : Array.Empty<string>(),
        .. Port is < 0 or > 65_535 ? [$"--port {Port}: expected 0 to 65535"] : Array.Empty<string>(),
    ];

    /// <summary>The same for the emulator.</summary>
    public SandboxOptions ToOptions() => new()
    {
        Function = Source,
        Layers = Layers,
        Extensions = Extensions,
        Environment = Environment.Select(e => e.Split('=', 2)).GroupBy(e => e[0]).ToDictionary(e => e.Key, e => e.Last()[1]),
        FunctionName = Name,
        MemoryMb = MemoryMb,
        Timeout = Timeout,
        LogFormat = LogFormat,
        InvokePort = Port,

        // With invocations at hand Init belongs to the first, as on Lambda; without, mistakes should show at once.
        InitOnFirstInvoke = Invocations > 0,
    };

    FunctionSource Source => Directory.Exists(Function) ? FunctionSource.Directory(Function) : FunctionSource.Command(Function);
}
