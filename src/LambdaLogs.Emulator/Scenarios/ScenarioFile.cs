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
    [Description("Where this schema is, for editors. Not read.")]
    public string? Schema { get; set; }

    [Description("What the scenario shows. For people, and the name of the JUnit suite.")]
    public string? Description { get; set; }

    [Description("What is emulated. The command line's --function, --layer, --extension and --env come on top.")]
    public ScenarioEnvironment Environment { get; set; } = new();

    [Description("How the destination behaves at first. It is started where this member or an endpoint step is there; ${destination} in "
        + "the value of an environment variable is its address.")]
    public EndpointBehaviour? Destination { get; set; }

    [Description("What happens, in order. After the last step the environment is shut down.")]
    public required IReadOnlyList<ScenarioStep> Steps { get; init; }

    [Description("What must hold in the end. Exit code 3 where something does not.")]
    public ScenarioExpectations Expect { get; set; } = new();
}

/// <summary>The environment to emulate. Missing members have the defaults of the command line.</summary>
internal sealed record ScenarioEnvironment
{
    [Description("A directory with an executable bootstrap, relative to the scenario's file, or a command line.")]
    public string? Function { get; set; }

    [Description("Layer zips, relative to the scenario's file.")]
    public IReadOnlyList<string> Layers { get; set; } = [];

    [Description("Extension executables, relative to the scenario's file.")]
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

    [Description("What an invocation may take, such as \"3s\".")]
    public string? Timeout { get; set; }

    [Description("Text or JSON.")]
    public string? LogFormat { get; set; }

    [Description("on-demand, provisioned-concurrency, snap-start or lambda-managed-instances.")]
    public string? Initialization { get; set; }

    [Description("False: the processes are never stopped between invocations.")]
    public bool? Freeze { get; set; }
}

/// <summary>One step. Exactly one action member must be set; times, every and wait belong to invoke.</summary>
internal sealed record ScenarioStep
{
    [Description("Invokes the function with this event.")]
    public JsonElement? Invoke { get; set; }

    [Description("How often it is invoked.")]
    public int Times { get; set; } = 1;

    [Description("The pause between two of these invocations, such as \"100ms\".")]
    public string Every { get; set; } = "0s";

    [Description("False: the next step comes at once, while the invocation runs.")]
    public bool Wait { get; set; } = true;

    [Description("Nothing happens for that long; an idle environment is frozen.")]
    public string? Pause { get; set; }

    [Description("All processes are stopped for that long, whatever they do.")]
    public string? Freeze { get; set; }

    [Description("What goes wrong from here on.")]
    public FaultSettings? Fault { get; set; }

    [Description("How the destination behaves from here on.")]
    public EndpointBehaviour? Endpoint { get; set; }

    [Description("Kills the process of the extension of that name, as a crash.")]
    public string? Kill { get; set; }

    [Description("platform.logsDropped is said with that number of records.")]
    public int? LogsDropped { get; set; }

    [Description("A line that counts as the function's, from nowhere.")]
    public string? Line { get; set; }

    [Description("A body that is delivered to the first subscriber as it is, valid or not.")]
    public string? Telemetry { get; set; }

    [Description("Telemetry that waits is delivered now.")]
    public bool Flush { get; set; }

    [Description("The environment is shut down here. Nothing may follow but pauses.")]
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
