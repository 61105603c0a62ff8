using System.ComponentModel;
using System.Text.Json;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>The expectations of a scenario. Missing members are not checked.</summary>
internal sealed record ScenarioExpectations
{
    [Description("What each invocation brings, in order.")]
    public IReadOnlyList<ExpectedResponse>? Responses { get; set; }

    [Description("Texts that the destination got in this order; others may come in between.")]
    public IReadOnlyList<string>? Lines { get; set; }

    [Description("How many of the function's lines arrive at the destination at least. Without a destination: how many it writes.")]
    public int? LinesMin { get; set; }

    [Description("Every line that the function wrote arrives at the destination.")]
    public bool NoneLost { get; set; }

    [Description("How many requests the destination gets at most.")]
    public int? RequestsMax { get; set; }

    [Description("What the extensions add to each invocation at most, such as \"100ms\".")]
    public string? AddedMax { get; set; }

    [Description("The exit codes of extensions, by name.")]
    public IReadOnlyDictionary<string, int>? ExitCodes { get; set; }

    [Description("How many events of telemetry are dropped or undelivered at most, over all extensions.")]
    public int? TelemetryLostMax { get; set; }

    [Description("True: the run must fail, that is, an extension must crash or the environment never come up. Missing: it must not.")]
    public bool Failure { get; set; }

    /// <summary>True for a failed invocation for which there is no expectation.</summary>
    /// <param name="index">The invocation's index, from zero.</param>
    /// <param name="result">The invocation's result.</param>
    public bool IsFailure(int index, InvokeResult result) =>
        result.Status != "success" && !Failure && !(index < Responses?.Count);
}

/// <summary>The expected result of one invocation.</summary>
internal sealed record ExpectedResponse
{
    [Description("The whole response.")]
    public JsonElement? Payload { get; set; }

    [Description("A part of the response's text, or of the error's JSON.")]
    public string? Contains { get; set; }

    [Description("success, error, failure or timeout.")]
    public string? Status { get; set; }
}
