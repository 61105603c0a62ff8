using System.ComponentModel;
using System.Text.Json;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>The expectations of a scenario. Missing members are not checked.</summary>
internal sealed record ScenarioExpectations
{
    [Description("The result of each invocation, in order.")]
    public IReadOnlyList<ExpectedResponse>? Responses { get; set; }

    [Description("Texts that the destination must receive in this order, possibly with others in between.")]
    public IReadOnlyList<string>? Lines { get; set; }

    [Description("The minimum number of the function's lines at the destination. Without a destination: that the function writes.")]
    public int? LinesMin { get; set; }

    [Description("True: every line of the function must arrive at the destination.")]
    public bool NoneLost { get; set; }

    [Description("The maximum number of requests to the destination.")]
    public int? RequestsMax { get; set; }

    [Description("The longest time that the extensions may add to an invocation, such as \"100ms\".")]
    public string? AddedMax { get; set; }

    [Description("The exit codes of extensions, by name.")]
    public IReadOnlyDictionary<string, int>? ExitCodes { get; set; }

    [Description("The maximum number of dropped or undelivered telemetry events, over all extensions.")]
    public int? TelemetryLostMax { get; set; }

    [Description("True: the run must fail: an extension crashes or the environment does not start. Missing: it must not fail.")]
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

    [Description("A part of the response's text or of the error's JSON.")]
    public string? Contains { get; set; }

    [Description("success, error, failure or timeout.")]
    public string? Status { get; set; }
}
