using System.Text.Json;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>One record as the endpoint got it.</summary>
sealed record DeliveredRecord(JsonElement Json)
{
    public string Message => Text("message")!;

    public string Level => Text("level")!;

    public string LogType => Text("log_type")!;

    public string? RequestId => Text("request_id");

    public string? Text(string key) => Json.TryGetProperty(key, out var value) ? value.GetString() : null;
}

/// <summary>What an endpoint has taken: the bodies that got 2xx, read.</summary>
static class Delivered
{
    /// <summary>The records of every accepted request, in order of arrival, repeated batches included.</summary>
    public static IReadOnlyList<DeliveredRecord> Records(ScriptedDestination destination) =>
        [.. Accepted(destination).SelectMany(Read)];

    /// <summary>The messages of the function's own lines.</summary>
    public static IReadOnlyList<string> Lines(ScriptedDestination destination) =>
        [.. Records(destination).Where(r => r.LogType == "function").Select(r => r.Message)];

    public static IEnumerable<ReceivedRequest> Accepted(ScriptedDestination destination) =>
        destination.Requests.Where(r => r.IsComplete && r.Response is { Status: >= 200 and < 300, Kind: ResponseKind.Whole or ResponseKind.ByteByByte });

    /// <summary>The records of a body in the default format; none of any other.</summary>
    public static IEnumerable<DeliveredRecord> Read(ReceivedRequest request)
    {
        if (!request.Text.StartsWith("{\"logs\":", StringComparison.Ordinal))
            return [];

        using var document = JsonDocument.Parse(request.Content());
        return [.. document.RootElement.GetProperty("logs").EnumerateArray().Select(e => new DeliveredRecord(e.Clone()))];
    }
}
