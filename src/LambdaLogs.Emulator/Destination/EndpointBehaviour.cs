using System.ComponentModel;

namespace LambdaLogs.Emulator.Destination;

/// <summary>How the destination behaves from now on, set by a scenario or the page.</summary>
internal sealed record EndpointBehaviour
{
    static readonly Dictionary<string, ResponseKind> Kinds = new()
    {
        ["response"] = ResponseKind.Whole,
        ["byte_by_byte"] = ResponseKind.ByteByByte,
        ["hang"] = ResponseKind.Hang,
        ["reset"] = ResponseKind.Reset,
        ["reset_mid_request"] = ResponseKind.ResetMidRequest,
        ["close"] = ResponseKind.Close,
        ["close_after_headers"] = ResponseKind.CloseAfterHeaders,
    };

    [Description("response, byte_by_byte, hang, reset, reset_mid_request, close or close_after_headers.")]
    public string Kind { get; set; } = "response";

    [Description("The status of the response, 100 to 599.")]
    public int Status { get; set; } = 200;

    [Description("The response body.")]
    public string Body { get; set; } = "";

    [Description("Headers of the response in addition to Content-Length.")]
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    [Description("The delay before the response, such as \"100ms\"; for byte_by_byte, the delay between two bytes.")]
    public string Delay { get; set; } = "0s";

    [Description("The number of requests that it applies to; later ones get 200. Missing: all.")]
    public int? Times { get; set; }

    [Description("Resets the open connections now.")]
    public bool DropConnections { get; set; }

    /// <summary>The first invalid or contradictory setting. Null if all are valid.</summary>
    public string? Validate()
    {
        if (!Kinds.ContainsKey(Kind))
            return $"kind {Kind}: expected one of {string.Join(", ", Kinds.Keys)}";
        if (Status is < 100 or > 599)
            return $"status {Status}: expected 100 to 599";
        if (Times < 0)
            return $"times {Times}: expected 0 or more";

        return Scenarios.Durations.TryParse(Delay, out _) ? null : $"delay {Delay}: expected a duration such as 100ms or 2s";
    }

    /// <summary>Applies the behaviour. It must be valid.</summary>
    public void ApplyTo(ScriptedDestination destination)
    {
        Scenarios.Durations.TryParse(Delay, out var delay);
        var response = new Response
        {
            Kind = Kinds[Kind],
            Status = Status,
            Body = System.Text.Encoding.UTF8.GetBytes(Body),
            Headers = [.. Headers],
            Delay = Kind == "byte_by_byte" ? TimeSpan.Zero : delay,
            Interval = delay,
        };
        destination.ClearQueue();
        destination.Default = Times is null ? response : Response.Ok;
        destination.Next(response, Times ?? 0);
        if (DropConnections)
            destination.DropConnections();
    }
}
