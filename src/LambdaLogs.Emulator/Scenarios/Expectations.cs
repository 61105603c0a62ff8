using System.Globalization;
using System.Text.Json;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>A checked expectation.</summary>
/// <param name="Name">The expectation's name.</param>
/// <param name="Failure">The actual value. Null if the expectation was met.</param>
internal sealed record CheckedExpectation(string Name, string? Failure);

/// <summary>Compares the result of a run with its expectations.</summary>
/// <param name="expected">The expectations.</param>
/// <param name="result">The result of the run.</param>
/// <param name="requests">The requests that the destination received. Null if there was no destination.</param>
internal sealed class Expectations(ScenarioExpectations expected, ScenarioResult result, IReadOnlyList<ReceivedRequest>? requests)
{
    const int ShownMax = 5;

    /// <summary>Checks each expectation, in the order of the schema.</summary>
    public IReadOnlyList<CheckedExpectation> Check()
    {
        var all = new List<CheckedExpectation>();
        all.AddRange(Responses());
        all.AddRange(AtDestination());
        all.AddRange(Times());
        foreach (var (name, code) in expected.ExitCodes ?? new Dictionary<string, int>())
        {
            var seen = result.Extensions.FirstOrDefault(e => e.Name == name)?.ExitCode;
            all.Add(new($"{name} ends with {code}", seen == code ? null : $"it {(seen is null ? "never ended" : $"ended with {seen}")}"));
        }

        if (expected.TelemetryLostMax is { } lostMax)
        {
            var lost = result.Telemetry.Sum(t => t.Dropped + t.Undelivered);
            all.Add(new($"at most {lostMax} telemetry events are lost", lost <= lostMax ? null : $"{lost} were"));
        }

        if (expected.Failure)
            all.Add(new("the run fails", result.Failure is null ? "it did not" : null));
        return all;
    }

    IEnumerable<CheckedExpectation> Responses()
    {
        if (expected.Responses is not { } responses)
            yield break;

        yield return new($"{responses.Count} invocations", responses.Count == result.Invocations.Count
            ? null : $"there were {result.Invocations.Count}");
        for (var i = 0; i < Math.Min(responses.Count, result.Invocations.Count); i++)
            yield return new($"invocation {i + 1} has the expected result", Difference(responses[i], result.Invocations[i]));
    }

    static string? Difference(ExpectedResponse expected, InvokeResult seen)
    {
        if (expected.Status is { } status && seen.Status != status)
            return $"status {seen.Status ?? "unfinished"} instead of {status}: {Short(seen.PayloadText)}";
        if (expected.Contains is { } part && !seen.PayloadText.Contains(part, StringComparison.Ordinal))
            return $"{Short(seen.PayloadText)} does not contain {part}";
        if (expected.Payload is not { } payload)
            return null;

        try
        {
            using var json = JsonDocument.Parse(seen.Payload);
            return JsonElement.DeepEquals(json.RootElement, payload)
                ? null
                : $"{Short(seen.PayloadText)} instead of {Short(payload.GetRawText())}";
        }
        catch (JsonException)
        {
            return $"{Short(seen.PayloadText)} is not JSON";
        }
    }

    IEnumerable<CheckedExpectation> AtDestination()
    {
        var written = result.Events
            .Where(e => e.Kind is TranscriptKind.Line && e.IsOfRuntime).Select(e => e.Text).ToList();
        var delivered = new DeliveredText(requests ?? []);
        var missing = requests is null ? [] : delivered.Missing(written);
        if (expected.Lines is { } lines)
        {
            var absent = delivered.FirstOutOfOrder(lines);
            yield return new(
                "the destination receives the lines in order", absent is null ? null : $"\"{Short(absent)}\" is missing or out of order");
        }

        if (expected.LinesMin is { } count)
        {
            var seen = written.Count - missing.Count;
            var where = requests is null ? "are written" : "arrive";
            yield return new($"at least {count} lines {where}", seen >= count ? null : $"{seen} of the {written.Count} written {where}");
        }

        if (expected.NoneLost)
        {
            var some = string.Join(", ", missing.Take(ShownMax).Select(line => $"\"{Short(line)}\""));
            yield return new("no line is lost", missing.Count == 0 ? null : $"{missing.Count} of {written.Count} are missing: {some}");
        }

        if (expected.RequestsMax is { } requestsMax)
            yield return new(
                $"at most {requestsMax} requests", requests?.Count <= requestsMax ? null : $"there were {requests?.Count ?? 0}");
    }

    IEnumerable<CheckedExpectation> Times()
    {
        if (expected.AddedMax is not { } text || !Durations.TryParse(text, out var max))
            yield break;

        var slowest = result.Invocations.Max(i => i.AddedByExtensions) ?? TimeSpan.Zero;
        yield return new($"extensions add at most {text}", slowest <= max
            ? null : string.Create(CultureInfo.InvariantCulture, $"they added {slowest.TotalMilliseconds:0.0} ms"));
    }

    static string Short(string text) => VisibleText.Line(text.Length <= 200 ? text : $"{text[..200]}…");
}
