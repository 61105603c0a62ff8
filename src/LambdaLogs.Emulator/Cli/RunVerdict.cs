using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>What a run came to.</summary>
/// <param name="Result">What happened.</param>
/// <param name="Expectations">What was expected.</param>
internal sealed record RunVerdict(ScenarioResult Result, IReadOnlyList<CheckedExpectation> Expectations)
{
    /// <summary>An invocation that fails makes the run fail.</summary>
    public bool FailsOnError { get; init; }

    /// <summary>The scenario wants the run to fail: that it does is no failure then.</summary>
    public bool ExpectsFailure { get; init; }

    /// <summary>Why the run failed. Null where it did not.</summary>
    public string? Failure => (ExpectsFailure ? null : Result.Failure) ?? (FailsOnError ? FailedInvocation() : null);

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
            if (invocation.Status != "success")
                return $"invocation {i + 1} ended with {invocation.Status ?? "nothing"}: {invocation.PayloadText}";
        }

        return null;
    }
}
