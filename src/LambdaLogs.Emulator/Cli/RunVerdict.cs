using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>What a run came to.</summary>
/// <param name="Result">What happened.</param>
/// <param name="Expectations">What was expected.</param>
internal sealed record RunVerdict(ScenarioResult Result, IReadOnlyList<CheckedExpectation> Expectations)
{
    /// <summary>What the scenario expects, which is no failure where it happens.</summary>
    public ScenarioExpectations Expected { get; init; } = new();

    /// <summary>Why the run failed. Null where it did not.</summary>
    public string? Failure => (Expected.Failure ? null : Result.Failure) ?? FailedInvocation();

    /// <summary>The exit code.</summary>
    public int Code
    {
        get
        {
            if (Failure is not null)
                return ExitCode.Failed;

            return Expectations.Any(e => e.Failure is not null) ? ExitCode.ExpectationNotMet : ExitCode.Ok;
        }
    }

    string? FailedInvocation()
    {
        for (var i = 0; i < Result.Invocations.Count; i++)
        {
            var invocation = Result.Invocations[i];
            if (Expected.IsFailure(i, invocation))
                return $"invocation {i + 1} ended with {invocation.Status ?? "nothing"}: {invocation.PayloadText}";
        }

        return null;
    }
}
