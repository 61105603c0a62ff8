using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>What a run does, from the command line and the optional scenario file.</summary>
internal sealed record RunPlan
{
    /// <summary>A placeholder for the destination's address in the values of environment variables.</summary>
    public const string DestinationPlaceholder = "${destination}";

    /// <summary>The command-line arguments, combined with the scenario's environment.</summary>
    public required RunArguments Arguments { get; init; }

    /// <summary>Null: the command line says how many invocations to make.</summary>
    public ScenarioFile? Scenario { get; init; }

    /// <summary>The expectations that are checked after the run.</summary>
    public required ScenarioExpectations Expect { get; init; }

    /// <summary>True if the run has to start a destination.</summary>
    public bool NeedsDestination => Scenario?.Destination is not null
        || Scenario?.Steps.Any(s => s.Endpoint is not null) == true
        || Arguments.Environment.Any(e => e.Contains(DestinationPlaceholder, StringComparison.Ordinal));

    /// <summary>The name of the run in reports.</summary>
    public string Name => Scenario?.Description
        ?? (Arguments.ScenarioFile is { } file ? Path.GetFileNameWithoutExtension(file) : Arguments.Name);

    /// <summary>Builds the plan and reports all errors before anything is started.</summary>
    /// <param name="given">The command-line arguments.</param>
    /// <param name="searchPath">The PATH in which commands are looked up.</param>
    /// <param name="problems">Empty if the plan can be run.</param>
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

        // If the scenario cannot be read, arguments that it might have set are not reported as missing.
        problems = wrongScenario.Count > 0 ? wrongScenario : [.. merged.Validate(searchPath), .. plan.FindConflicts()];
        return plan;
    }

    /// <summary>Converts the plan to sandbox options.</summary>
    /// <param name="destination">The destination. Null if none was started.</param>
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

    IEnumerable<string> FindConflicts()
    {
        if (!NeedsDestination && (Expect.NoneLost || Expect.Lines is not null || Expect.RequestsMax is not null))
        {
            yield return $"--scenario {Arguments.ScenarioFile}: expects requests at a destination, but none is used; "
                + $"{DestinationPlaceholder} in the value of a variable is its address";
        }

        if (Scenario is not null && Arguments.Invocations > 0)
            yield return "--invoke cannot be used with --scenario, whose steps make the invocations";
    }
}
