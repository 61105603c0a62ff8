using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Faults;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>The content of a scenario file.</summary>
/// <remarks>
/// Members here and in the nested types have setters instead of <c>init</c>: the source-generated deserializer resets missing init-only
/// members to the default of their type instead of the value written here. Only the deserializer sets them.
/// </remarks>
internal sealed record ScenarioFile
{
    [JsonPropertyName("$schema")]
    [Description("The address of this schema, for editors. Ignored.")]
    public string? Schema { get; set; }

    [Description("A description, also the name of the JUnit suite.")]
    public string? Description { get; set; }

    [Description("The environment to emulate. The command line's --function overrides it; --layer, --extension and --env are added.")]
    public ScenarioEnvironment Environment { get; set; } = new();

    [Description("The destination's initial behaviour. It is started if this member or an endpoint step is present; ${destination} in "
        + "the value of an environment variable is its address.")]
    public EndpointBehaviour? Destination { get; set; }

    [Description("The steps, in order. After the last step the environment is shut down.")]
    public required IReadOnlyList<ScenarioStep> Steps { get; init; }

    [Description("The expectations at the end. If one is not met, the exit code is 3.")]
    public ScenarioExpectations Expect { get; set; } = new();
}

/// <summary>The environment to emulate. Missing members have the defaults of the command line.</summary>
internal sealed record ScenarioEnvironment
{
    [Description("A directory with an executable bootstrap, relative to the scenario file, or a command line.")]
    public string? Function { get; set; }

    [Description("Layers (zip files or directories), relative to the scenario file.")]
    public IReadOnlyList<string> Layers { get; set; } = [];

    [Description("Extension executables, relative to the scenario file.")]
    public IReadOnlyList<string> Extensions { get; set; } = [];

    [Description("Environment variables of the function.")]
    public IReadOnlyDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();

    [Description("The function's name.")]
    public string? Name { get; set; }

    [Description("The function's version: a number, or $LATEST.")]
    public string? Version { get; set; }

    [Description("The region, such as eu-west-1.")]
    public string? Region { get; set; }

    [Description("The account, twelve digits.")]
    public string? Account { get; set; }

    [Description("Memory size in MB, 128 to 10240.")]
    public int? Memory { get; set; }

    [Description("The function's timeout, such as \"3s\".")]
    public string? Timeout { get; set; }

    [Description("Text or JSON.")]
    public string? LogFormat { get; set; }

    [Description("on-demand, provisioned-concurrency, snap-start or lambda-managed-instances.")]
    public string? Initialization { get; set; }

    [Description("False: the processes keep running between invocations.")]
    public bool? Freeze { get; set; }
}

/// <summary>One step. Exactly one action member must be set; times, every and wait belong to invoke.</summary>
internal sealed record ScenarioStep
{
    [Description("Invokes the function with this event.")]
    public JsonElement? Invoke { get; set; }

    [Description("The number of invocations.")]
    public int Times { get; set; } = 1;

    [Description("The delay between two of these invocations, such as \"100ms\".")]
    public string Every { get; set; } = "0s";

    [Description("False: the next step starts at once, while the invocation runs.")]
    public bool Wait { get; set; } = true;

    [Description("Waits for this time; an idle environment is frozen.")]
    public string? Pause { get; set; }

    [Description("Stops all processes for this time, even during an invocation.")]
    public string? Freeze { get; set; }

    [Description("The faults from this step on.")]
    public FaultSettings? Fault { get; set; }

    [Description("The destination's behaviour from this step on.")]
    public EndpointBehaviour? Endpoint { get; set; }

    [Description("Kills the process of the extension with this name, which counts as a crash.")]
    public string? Kill { get; set; }

    [Description("Publishes platform.logsDropped with this number of records.")]
    public int? LogsDropped { get; set; }

    [Description("Publishes a line as if the function had written it.")]
    public string? Line { get; set; }

    [Description("Delivers this body to the first subscriber unchanged, valid or not.")]
    public string? Telemetry { get; set; }

    [Description("Delivers the buffered telemetry now.")]
    public bool Flush { get; set; }

    [Description("Shuts the environment down. Only pauses can follow.")]
    public bool Shutdown { get; set; }

    /// <summary>The names of the action members that are set.</summary>
    public IReadOnlyList<string> Actions =>
    [
        .. new (string Name, bool IsThere)[]
        {
            ("invoke", Invoke is not null), ("pause", Pause is not null), ("freeze", Freeze is not null), ("fault", Fault is not null),
            ("endpoint", Endpoint is not null), ("kill", Kill is not null), ("logs_dropped", LogsDropped is not null),
            ("line", Line is not null), ("telemetry", Telemetry is not null), ("flush", Flush), ("shutdown", Shutdown),
        }.Where(a => a.IsThere).Select(a => a.Name),
    ];
}
