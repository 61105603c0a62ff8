using LambdaLogs.Emulator.Faults;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator;

/// <summary>The options of a sandbox. Constant for a sandbox, except <see cref="Faults"/>.</summary>
public sealed record SandboxOptions
{
    public required FunctionSource Function { get; init; }

    /// <summary>Layers, each a zip file or a directory, in order; files of later layers replace those of earlier ones.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Extension executables outside layers. They are linked into <c>/opt/extensions</c>.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The function's environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The memory size in MB, 128 to 10 240. Default 128. Used in Lambda's events and for <see cref="EnforceMemory"/>.</summary>
    public int MemoryMb { get; init; } = 128;

    /// <summary>The size of the sandbox's own <c>/tmp</c> in MB, 512 to 10 240. Default 512.</summary>
    public int EphemeralStorageMb { get; init; } = 512;

    /// <summary>Runs the sandbox in its own mount and PID namespaces with Lambda's paths, if the kernel allows it. Default true.</summary>
    public bool Isolate { get; init; } = true;

    /// <summary>Limits the CPU to the share of the memory size, if that is allowed. Default false.</summary>
    public bool LimitCpu { get; init; }

    /// <summary>The sandbox's network. Any other than the host's needs <see cref="Isolate"/>.</summary>
    public NetworkMode Network { get; init; }

    /// <summary>The function's timeout. Default 3 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The timeout of Init. Null: as on Lambda, 10 s on demand, otherwise 130 s or the function's timeout if that is longer.
    /// </summary>
    public TimeSpan? InitLimit { get; init; }

    /// <summary>The time limit of a shutdown with external extensions. Default 2 s.</summary>
    public TimeSpan ShutdownBudget { get; init; } = TimeSpan.FromSeconds(2);

    public string FunctionName { get; init; } = "emulated-function";

    /// <summary>A number, or <c>$LATEST</c>. Default <c>$LATEST</c>.</summary>
    public string FunctionVersion { get; init; } = "$LATEST";

    public string Handler { get; init; } = "index.handler";

    public string Region { get; init; } = "us-east-1";

    /// <summary>The account ID: twelve digits.</summary>
    public string AccountId { get; init; } = "123456789012";

    public InitializationType Initialization { get; init; } = InitializationType.OnDemand;

    /// <summary>
    /// True: Init happens with the first invocation, as when Lambda has no environment ready. Default false: Init happens at the start.
    /// </summary>
    public bool InitOnFirstInvoke { get; init; }

    /// <summary>The age that is reported for an Init ahead of the first invocation. Null: 13 days with SnapStart, otherwise zero.</summary>
    public TimeSpan? InitAge { get; init; }

    /// <summary>The duration that is reported for a snapshot restore. Default 250 ms.</summary>
    public TimeSpan RestoreDuration { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The log format, text or JSON; always JSON on Managed Instances.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>Kills the runtime if the processes together use more than <see cref="MemoryMb"/>. Default true.</summary>
    public bool EnforceMemory { get; init; } = true;

    /// <summary>Stops the processes between invocations. Default true; never on Managed Instances.</summary>
    public bool Freeze { get; init; } = true;

    /// <summary>
    /// Stores the function's lines for the transcript and the results. Default true. Use false for load tests in which only the count
    /// matters.
    /// </summary>
    public bool KeepLines { get; init; } = true;

    /// <summary>
    /// Stores the body of every API call and telemetry delivery in the transcript. Default false: only their sizes are recorded.
    /// </summary>
    public bool RecordBodies { get; init; }

    /// <summary>The number of concurrent invocations of an in-process handler on a Managed Instance. Default 8.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>
    /// The largest number of environments at once; further invocations are throttled. Null: one environment, in which invocations queue.
    /// </summary>
    public int? Concurrency { get; init; }

    /// <summary>How often a failed asynchronous invocation is retried, 0 to 2. Default 2.</summary>
    public int AsyncRetries { get; init; } = 2;

    /// <summary>The delay before the first retry; the second waits twice as long. Default 1 s; on Lambda it is one minute.</summary>
    public TimeSpan AsyncRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The file to which records of failed asynchronous invocations are appended, one per line. Null: none.</summary>
    public string? OnFailureFile { get; init; }

    /// <summary>The port of the invoke API on the loopback address. Default 0: any free port.</summary>
    public int InvokePort { get; init; }

    /// <summary>The host's <c>PATH</c>, appended to Lambda's so that interpreters are found. Null: this process's <c>PATH</c>.</summary>
    public string? HostPath { get; init; }

    /// <summary>How telemetry is delivered.</summary>
    public FeedOptions Feed { get; init; } = new();

    /// <summary>Deliberate faults. Can be changed at any time.</summary>
    public TelemetryFaults Faults { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
