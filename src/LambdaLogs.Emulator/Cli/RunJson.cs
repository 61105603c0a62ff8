using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The first line of <c>--json</c> output.</summary>
internal sealed record ListeningRecord
{
    [Description("listening")]
    public string Kind { get; init; } = "listening";

    [Description("Address of the invoke API.")]
    public required string InvokeApi { get; init; }

    [Description("Host and port of the Runtime, Extensions and Telemetry API.")]
    public required string RuntimeApi { get; init; }

    [Description("Address of the destination. Missing where none was started.")]
    public string? Destination { get; init; }

    [Description("Address of the page. Missing without --ui.")]
    public string? Page { get; init; }
}

/// <summary>A transcript event as a line of <c>--json</c> output.</summary>
internal sealed record EventRecord
{
    [Description("What happened: phase, process_started, launch_failed, process_exited, process_killed, registered, subscribed, "
        + "next_asked, next_left, event_sent, error_reported, invocation_sent, responded, invocation_finished, frozen, thawed, line, "
        + "platform, telemetry or api_call.")]
    public required string Kind { get; init; }

    [Description("Milliseconds since the environment was made, by the monotonic clock.")]
    public required double AtMs { get; init; }

    [Description("The same by the wall clock, ISO 8601.")]
    public required string Time { get; init; }

    [Description("An extension's name, runtime, or null for the environment itself.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Source { get; init; }

    [Description("The line, the phase, the error: whatever a reader wants to know.")]
    public required string Text { get; init; }

    [Description("The phase in which it happened: Init, Ready, Invoke, Reset, Down, Shutdown or Ended.")]
    public required string Phase { get; init; }

    [Description("The invocation it belongs to.")]
    public string? RequestId { get; init; }

    [Description("An exit code, an HTTP status or a number of events.")]
    public int? Code { get; init; }

    [Description("What it took, in milliseconds.")]
    public double? TookMs { get; init; }

    [Description("Peak resident memory of a process that ended, in bytes.")]
    public long? PeakResidentBytes { get; init; }

    /// <summary>The event kind in snake case.</summary>
    public static string KindOf(TranscriptEvent item) => JsonNamingPolicy.SnakeCaseLower.ConvertName(item.Kind.ToString());

    /// <summary>Converts a transcript event.</summary>
    public static EventRecord Of(TranscriptEvent item) => new()
    {
        Kind = KindOf(item),
        AtMs = ContractTime.Milliseconds(item.At),
        Time = ContractTime.Format(item.Time),
        Source = item.Source,
        Text = item.Text,
        Phase = item.Phase,
        RequestId = item.RequestId,
        Code = item.Code,
        TookMs = item.Took is { } took ? ContractTime.Milliseconds(took) : null,
        PeakResidentBytes = item.PeakResidentBytes,
    };
}

/// <summary>The last line of <c>--json</c> output.</summary>
internal sealed record SummaryRecord
{
    [Description("summary")]
    public string Kind { get; init; } = "summary";

    [Description("ok, failed or expectation_not_met: the exit codes 0, 1 and 3.")]
    public required string Result { get; init; }

    [Description("Why the run failed. Null where it did not.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Failure { get; init; }

    [Description("What Init took, in milliseconds. Null where it never ended well.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? InitMs { get; init; }

    [Description("The extensions whose processes were started.")]
    public required IReadOnlyList<ExtensionRecord> Extensions { get; init; }

    [Description("The invocations of the run itself, in order; not those that came over the invoke API.")]
    public required IReadOnlyList<InvocationRecord> Invocations { get; init; }

    [Description("What was expected and whether it was met.")]
    public required IReadOnlyList<ExpectationRecord> Expectations { get; init; }

    /// <summary>Converts the outcome of a run.</summary>
    public static SummaryRecord Of(RunVerdict verdict) => new()
    {
        Result = verdict.Code switch
        {
            ExitCode.Ok => "ok",
            ExitCode.ExpectationNotMet => "expectation_not_met",
            _ => "failed",
        },
        Failure = verdict.Failure,
        InitMs = verdict.Result.InitDuration is { } init ? ContractTime.Milliseconds(init) : null,
        Extensions = [.. verdict.Result.Extensions.Zip(verdict.Result.Reports, ExtensionRecord.Of)],
        Invocations = [.. verdict.Result.Invocations.Select(InvocationRecord.Of)],
        Expectations = [.. verdict.Expectations.Select(e => new ExpectationRecord { Name = e.Name, Failure = e.Failure })],
    };
}

/// <summary>An extension in the summary.</summary>
internal sealed record ExtensionRecord
{
    public required string Name { get; init; }

    [Description("From the start of its process to its registration, in milliseconds. Null where it never registered.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? RegisteredMs { get; init; }

    [Description("How often its process was started.")]
    public required int Starts { get; init; }

    [Description("Peak resident memory when its process ended.")]
    public required long PeakResidentBytes { get; init; }

    [Description("128 + signal where a signal ended it.")]
    public int? ExitCode { get; init; }

    [Description("What became of its telemetry. Missing where it never subscribed.")]
    public TelemetryRecord? Telemetry { get; init; }

    [Description("Why nothing was delivered to it. Missing where something was.")]
    public string? NothingDelivered { get; init; }

    /// <summary>Converts an extension's transcript.</summary>
    public static ExtensionRecord Of(ExtensionTranscript extension, TelemetryReport report) => new()
    {
        Name = extension.Name,
        RegisteredMs = extension.RegisteredAt - extension.StartedAt is { } took ? ContractTime.Milliseconds(took) : null,
        Starts = extension.Starts,
        PeakResidentBytes = extension.PeakResidentBytes,
        ExitCode = extension.ExitCode,
        Telemetry = report.Count is null ? null : TelemetryRecord.Of(report.Count),
        NothingDelivered = report.Reason,
    };
}

/// <summary>The telemetry counts of an extension in the summary, in events.</summary>
internal sealed record TelemetryRecord
{
    public required long Delivered { get; init; }

    [Description("Given up: it was too slow, or refused a body to the last attempt.")]
    public required long Dropped { get; init; }

    [Description("Still waiting when the environment ended.")]
    public required long Undelivered { get; init; }

    [Description("Why the last failed attempt failed.")]
    public string? LastError { get; init; }

    /// <summary>Converts telemetry counts.</summary>
    public static TelemetryRecord Of(TelemetryCount count) => new()
    {
        Delivered = count.Delivered,
        Dropped = count.Dropped,
        Undelivered = count.Undelivered,
        LastError = count.LastError,
    };
}

/// <summary>An invocation in the summary.</summary>
internal sealed record InvocationRecord
{
    public required string RequestId { get; init; }

    [Description("success, error, failure or timeout. Null where it did not finish.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Status { get; init; }

    [Description("Unhandled. Null where the handler succeeded.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? FunctionError { get; init; }

    [Description("The response, or the error; a string where it is not JSON.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required JsonElement? Response { get; init; }

    [Description("From the invocation handed to the runtime to its next call.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? HandlerMs { get; init; }

    [Description("What the extensions added after that.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? AddedMs { get; init; }

    [Description("As reported. Missing on Managed Instances.")]
    public double? BilledMs { get; init; }

    [Description("As reported, in MB.")]
    public int? MaxMemoryMb { get; init; }

    [Description("How many lines the function wrote in it.")]
    public required int Lines { get; init; }

    /// <summary>Converts an invocation's result.</summary>
    public static InvocationRecord Of(InvokeResult result) => new()
    {
        RequestId = result.RequestId,
        Status = result.Status,
        FunctionError = result.FunctionError,
        Response = ResponseOf(result),
        HandlerMs = result.HandlerTime is { } handler ? ContractTime.Milliseconds(handler) : null,
        AddedMs = result.AddedByExtensions is { } added ? ContractTime.Milliseconds(added) : null,
        BilledMs = result.Report is { } report ? report.Metrics.BilledMs : null,
        MaxMemoryMb = result.Report?.Metrics.MaxMemoryUsedMb,
        Lines = result.LineCount,
    };

    static JsonElement? ResponseOf(InvokeResult result)
    {
        try
        {
            using var json = JsonDocument.Parse(result.Payload);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return result.Payload.IsEmpty ? null : JsonSerializer.SerializeToElement(result.PayloadText, RunJson.Default.String);
        }
    }
}

/// <summary>An expectation in the summary.</summary>
internal sealed record ExpectationRecord
{
    public required string Name { get; init; }

    [Description("What was there instead. Null where it was met.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Failure { get; init; }
}

/// <summary>The serializer options of <c>--json</c> lines.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListeningRecord))]
[JsonSerializable(typeof(EventRecord))]
[JsonSerializable(typeof(SummaryRecord))]
[JsonSerializable(typeof(string))]
internal sealed partial class RunJson : JsonSerializerContext;
