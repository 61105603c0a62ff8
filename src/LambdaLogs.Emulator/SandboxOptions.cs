using LambdaLogs.Emulator.Faults;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator;

/// <summary>What to emulate. Never changes while a sandbox lives, <see cref="Faults"/> apart.</summary>
public sealed record SandboxOptions
{
    public required FunctionSource Function { get; init; }

    /// <summary>Layers, each a zip or a directory, first to last; later ones replace files of earlier ones.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Extension executables beside those of the layers; links in <c>/opt/extensions</c> to where they are.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The customer's environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>128 to 10 240. Default 128. Counts for Lambda's responses and for <see cref="EnforceMemory"/>.</summary>
    public int MemoryMb { get; init; } = 128;

    /// <summary>Size of the sandbox's own <c>/tmp</c>, 512 to 10 240. Default 512.</summary>
    public int EphemeralStorageMb { get; init; } = 512;

    /// <summary>
    /// Gives the sandbox mounts and processes of its own, with Lambda's paths and names, where the kernel allows it. Default true.
    /// </summary>
    public bool Isolate { get; init; } = true;

    /// <summary>Gives the sandbox the share of a processor that its memory size buys, where that is allowed. Default false.</summary>
    public bool LimitCpu { get; init; }

    /// <summary>What network the sandbox has. Another than the host's needs <see cref="Isolate"/>.</summary>
    public NetworkMode Network { get; init; }

    /// <summary>What an invocation may take. Default 3 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// What Init may take. Null: as on Lambda, 10 s on demand, else 130 s or the function's timeout where that is longer.
    /// </summary>
    public TimeSpan? InitLimit { get; init; }

    /// <summary>The whole budget of a shutdown with external extensions. Default 2 s.</summary>
    public TimeSpan ShutdownBudget { get; init; } = TimeSpan.FromSeconds(2);

    public string FunctionName { get; init; } = "emulated-function";

    /// <summary>A number, or <c>$LATEST</c>. Default <c>$LATEST</c>.</summary>
    public string FunctionVersion { get; init; } = "$LATEST";

    public string Handler { get; init; } = "index.handler";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Twelve digits.</summary>
    public string AccountId { get; init; } = "123456789012";

    public InitializationType Initialization { get; init; } = InitializationType.OnDemand;

    /// <summary>
    /// Leaves Init to the first invocation, as when Lambda has no environment ready. Default false: Init happens at the start.
    /// </summary>
    public bool InitOnFirstInvoke { get; init; }

    /// <summary>How long ago Init is said to have been, where it runs ahead. Null: 13 days with SnapStart, else zero.</summary>
    public TimeSpan? InitAge { get; init; }

    /// <summary>What the restore of a snapshot is said to take. Default 250 ms.</summary>
    public TimeSpan RestoreDuration { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Text or JSON; always JSON on Managed Instances.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>Kills the runtime when the processes together use more than <see cref="MemoryMb"/>. Default true.</summary>
    public bool EnforceMemory { get; init; } = true;

    /// <summary>Stops the processes between invocations. Default true; never on Managed Instances.</summary>
    public bool Freeze { get; init; } = true;

    /// <summary>
    /// Keeps the function's lines for the transcript and the results. Default true; false for loads of which only the count matters.
    /// </summary>
    public bool KeepLines { get; init; } = true;

    /// <summary>Keeps the body of every API call and telemetry delivery in the transcript. Default false: they are only counted.</summary>
    public bool RecordBodies { get; init; }

    /// <summary>The invocations that a handler in this process takes at once on a Managed Instance. Default 8.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>
    /// How many environments there may be at once; invocations beyond are throttled. Null: one environment, in which invocations queue.
    /// </summary>
    public int? Concurrency { get; init; }

    /// <summary>How often an asynchronous invocation that failed is made again, 0 to 2. Default 2.</summary>
    public int AsyncRetries { get; init; } = 2;

    /// <summary>The wait before the first of them; the second waits twice as long. Default 1 s; on Lambda it is a minute.</summary>
    public TimeSpan AsyncRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A file to which the records of asynchronous invocations that failed are appended, one a line. Null: none.</summary>
    public string? OnFailureFile { get; init; }

    /// <summary>Port of the invoke API on the loopback address. Default 0: any.</summary>
    public int InvokePort { get; init; }

    /// <summary>The host's <c>PATH</c>, which follows Lambda's so that interpreters are found. Null: this process's.</summary>
    public string? HostPath { get; init; }

    /// <summary>How telemetry is delivered.</summary>
    public FeedOptions Feed { get; init; } = new();

    /// <summary>What goes wrong on purpose. May be changed at any time.</summary>
    public TelemetryFaults Faults { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
