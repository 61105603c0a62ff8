using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Checks;

/// <summary>
/// Checks the configuration by hand: shows the settings and their problems, then connects to the endpoint step by step and sends one
/// marked record. Stops at the first step that fails, with advice.
/// </summary>
internal sealed class CheckRun
{
    /// <summary>Exit code: no problem was found.</summary>
    public const int Success = 0;

    /// <summary>Exit code: something has to be changed.</summary>
    public const int Failure = 1;

    // Longer than any single request takes, and there may be two.
    static readonly TimeSpan AuthenticatorWait = TimeSpan.FromSeconds(30);

    /// <summary>Name, version, framework and architecture.</summary>
    public required string Title { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Read { get; init; }

    /// <summary>The settings in force.</summary>
    public required ExtensionSettings Settings { get; init; }

    /// <summary>The problems of the settings.</summary>
    public required IReadOnlyList<SettingProblem> Problems { get; init; }

    /// <summary>The format of the test record.</summary>
    public required LogFormat Format { get; init; }

    /// <summary>The destination, as in a function. Null: the settings do not allow sending.</summary>
    public required IDestination? Destination { get; init; }

    /// <summary>Provides the credentials. Null: none have to be fetched.</summary>
    public required ICredentialsProvider? Authenticator { get; init; }

    /// <summary>Whether a variable comes from the file of <c>LOGS_CONFIG</c>.</summary>
    public Func<string, bool> IsShared { get; init; } = _ => false;

    /// <summary>Warnings about unknown variables.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Whether settings with their default values are shown as well.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>Receives the findings.</summary>
    public required ICheckReport Report { get; init; }

    /// <summary>The wall clock and the monotonic clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Runs the check.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        Report.Begin(
            Title,
            new SettingsTable(Read, IsShared, Settings, Problems).Rows(ShowsAll),
            [.. ProblemLines()],
            [.. SettingWarnings.Of(Settings), .. Unknown]);
        if (Destination is null)
            return End(false, "Nothing would be sent until the configuration is corrected.");

        Report.BeginSteps(
            Settings.Destination is { } options ? $"Steps to {EndpointMask.Of(options.Endpoint)}" : "Test mode without an endpoint");
        var isGood = (Settings.Destination is null || CanReach(Settings.Destination)) && ReportStep(Timed(Send));
        return End(isGood && Problems.Count == 0, Verdict(isGood));
    }

    IEnumerable<string> ProblemLines()
    {
        foreach (var problem in Problems)
            yield return problem.ToString();
    }

    string Verdict(bool isGood) => (isGood, Problems.Count) switch
    {
        (false, _) => "The endpoint does not accept logs.",
        (true, 0) when Settings.TestMode => "All steps succeeded; in test mode nothing is sent.",
        (true, 0) => "The endpoint accepts logs.",
        _ => "The endpoint accepts logs, but the settings have problems, see above.",
    };

    int End(bool isGood, string verdict)
    {
        Report.End(isGood, verdict);
        return isGood ? Success : Failure;
    }

    // Each step requires the ones before.
    bool CanReach(DestinationOptions options)
    {
        // Fetching credentials has its own time limit.
        if (!ReportStep(Timed(FetchCredentials)))
            return false;

        using var probe = new EndpointProbe(options, Time);
        return ReportStep(probe.Proxy())
            && ReportStep(Timed(probe.Resolve))
            && ReportStep(Timed(probe.Connect))
            && (options is not { Proxy: not null, IsTunnelled: true } || ReportStep(Timed(probe.Tunnel)))
            && (options.Endpoint.Scheme != "https" || ReportStep(Timed(probe.Handshake)));
    }

    CheckStep FetchCredentials()
    {
        const string Name = "credentials";
        var kind = HttpVariables.AuthType.Choices[(int)Settings.Destination!.Authentication.Kind];
        if (Authenticator is null)
            return new CheckStep(Name, true, kind);

        return Authenticator.Prepare(WaitLimit.In(Time, AuthenticatorWait)).Failure is { } cause
            ? new CheckStep(Name, false, cause) { Advice = FailureAdvice.For(FailureKind.NoCredentials, Settings.Destination) }
            : new CheckStep(Name, true, $"{kind}, {Settings.Destination.Aws}");
    }

    CheckStep Send()
    {
        const string Name = "test record";
        var body = TestBatch.Write(Format, Settings.Pipeline, Time);
        using var never = new InterruptSignal();
        var result = Destination!.Send(body.Span, new BatchLabel("check"), new AttemptLimit(long.MaxValue, never));
        var what = $"{body.Length} bytes of {Format.Traits.ContentType}";
        if (Settings.TestMode)
            return new CheckStep(Name, true, $"{what}, shown above instead of sent");

        if (result.Status == 0)
        {
            return new CheckStep(Name, false, $"{what}: {result.Detail}")
            {
                Advice = FailureAdvice.For(result.Failure, Settings.Destination!),
            };
        }

        var said = result.Detail is { } detail ? $" ({detail})" : "";
        var text = $"{what}: status {result.Status}{said}, {StatusAdvice.Meaning(result.Verdict)}";
        return new CheckStep(Name, result.Verdict is Delivery.Verdict.Delivered, text)
        {
            Advice = StatusAdvice.For(result.Status, Settings.Destination!),
        };
    }

    CheckStep Timed(Func<CheckStep> run)
    {
        var start = Time.GetTimestamp();
        var step = run();
        return step with { Took = Time.GetElapsedTime(start) };
    }

    bool ReportStep(CheckStep step)
    {
        Report.Step(step);
        return step.IsGood;
    }
}
