using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The outcome of a run.</summary>
/// <param name="Result">The events and invocations of the run.</param>
/// <param name="Expectations">The checked expectations.</param>
internal sealed record RunVerdict(ScenarioResult Result, IReadOnlyList<CheckedExpectation> Expectations)
{
    /// <summary>The scenario's expectations: an expected failure does not fail the run.</summary>
    public ScenarioExpectations Expected { get; init; } = new();

    /// <summary>Why the run failed. Null if it succeeded.</summary>
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
