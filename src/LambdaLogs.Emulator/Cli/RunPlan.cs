using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>What a run does: the command line and, where there is one, the scenario's file.</summary>
internal sealed record RunPlan
{
    /// <summary>What stands for the destination's address in the values of environment variables.</summary>
    public const string DestinationPlaceholder = "${destination}";

    /// <summary>The command line, with what the scenario's environment says.</summary>
    public required RunArguments Arguments { get; init; }

    /// <summary>Null where the command line says how often to invoke.</summary>
    public ScenarioFile? Scenario { get; init; }

    /// <summary>What must hold in the end.</summary>
    public required ScenarioExpectations Expect { get; init; }

    /// <summary>True where a destination has to be started.</summary>
    public bool NeedsDestination => Scenario?.Destination is not null
        || Scenario?.Steps.Any(s => s.Endpoint is not null) == true
        || Arguments.Environment.Any(e => e.Contains(DestinationPlaceholder, StringComparison.Ordinal));

    /// <summary>The name of the run, for reports.</summary>
    public string Name => Scenario?.Description
        ?? (Arguments.ScenarioFile is { } file ? Path.GetFileNameWithoutExtension(file) : Arguments.Name);

    /// <summary>Makes it and finds all that is wrong, before anything is started.</summary>
    /// <param name="given">The command line.</param>
    /// <param name="searchPath">Where commands are looked for.</param>
    /// <param name="problems">Empty where it can be run.</param>
    public static RunPlan Make(RunArguments given, string searchPath, out IReadOnlyList<string> problems)
    {
        IReadOnlyList<string> wrongScenario = [];
        var scenario = given.ScenarioFile is { } file ? ScenarioReader.Read(file, out wrongScenario) : null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(given.ScenarioFile ?? "."))!;
        var merged = scenario is null ? given : given.With(scenario.Environment, folder);
        var expect = scenario?.Expect ?? new ScenarioExpectations();
        var plan = new RunPlan
        {
            Arguments = merged,
            Scenario = scenario,
            Expect = given.ExpectLines is { } lines ? expect with { LinesMin = lines } : expect,
        };

        // What a scenario that cannot be read would have said of its environment is not missing.
        problems = wrongScenario.Count > 0 ? wrongScenario : [.. merged.Problems(searchPath), .. plan.Contradictions()];
        return plan;
    }

    /// <summary>For the emulator.</summary>
    /// <param name="destination">Null where none was started.</param>
    public SandboxOptions ToOptions(ScriptedDestination? destination)
    {
        var options = Arguments.ToOptions();
        if (destination is null)
            return options;

        var address = destination.Endpoint.ToString().TrimEnd('/');
        return options with
        {
            Environment = options.Environment.ToDictionary(
                e => e.Key, e => e.Value.Replace(DestinationPlaceholder, address, StringComparison.Ordinal)),
        };
    }

    IEnumerable<string> Contradictions()
    {
        if (!NeedsDestination && (Expect.NoneLost || Expect.Lines is not null || Expect.RequestsMax is not null))
        {
            yield return $"--scenario {Arguments.ScenarioFile}: expectations of a destination, and nothing sends to one: "
                + $"{DestinationPlaceholder} in the value of a variable is its address";
        }

        if (Scenario is not null && Arguments.Invocations > 0)
            yield return "--invoke and --scenario: the scenario's steps say how often to invoke";
    }
}
