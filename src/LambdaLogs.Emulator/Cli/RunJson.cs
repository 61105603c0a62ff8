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

    [Description("The address of the invoke API.")]
    public required string InvokeApi { get; init; }

    [Description("The host and port of the Runtime, Extensions and Telemetry API.")]
    public required string RuntimeApi { get; init; }

    [Description("The address of the destination. Missing if none was started.")]
    public string? Destination { get; init; }

    [Description("The address of the page. Missing without --ui.")]
    public string? Page { get; init; }
}

/// <summary>A transcript event as a line of <c>--json</c> output.</summary>
internal sealed record EventRecord
{
    [Description("The kind of event: phase, process_started, launch_failed, process_exited, process_killed, registered, "
        + "registration_refused, subscribed, next_asked, next_left, event_sent, error_reported, invocation_sent, responded, "
        + "invocation_finished, frozen, thawed, line, platform, telemetry or api_call.")]
    public required string Kind { get; init; }

    [Description("Milliseconds since the creation of the environment (monotonic clock).")]
    public required double AtMs { get; init; }

    [Description("The time of the event (wall clock), ISO 8601.")]
    public required string Time { get; init; }

    [Description("An extension's name, runtime, or null for the environment itself.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Source { get; init; }

    [Description("The line, the phase, the error or another description.")]
    public required string Text { get; init; }

    [Description("The phase in which it happened: Init, Ready, Restore, Invoke, Reset, Down, Shutdown or Ended.")]
    public required string Phase { get; init; }

    [Description("The request ID of the invocation it belongs to.")]
    public string? RequestId { get; init; }

    [Description("An exit code, an HTTP status or a number of events.")]
    public int? Code { get; init; }

    [Description("The duration in milliseconds.")]
    public double? TookMs { get; init; }

    [Description("The peak resident memory of a process that ended, in bytes.")]
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

    [Description("Why the run failed. Null if it succeeded.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Failure { get; init; }

    [Description("The duration of Init in milliseconds. Null if it did not succeed.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? InitMs { get; init; }

    [Description("The extensions that were started.")]
    public required IReadOnlyList<ExtensionRecord> Extensions { get; init; }

    [Description("The invocations that the run made, in order, without those of the invoke API.")]
    public required IReadOnlyList<InvocationRecord> Invocations { get; init; }

    [Description("The expectations and whether they were met.")]
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

    [Description("The time from its start to its registration in milliseconds. Null if it did not register.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? RegisteredMs { get; init; }

    [Description("The number of starts of its process.")]
    public required int Starts { get; init; }

    [Description("The peak resident memory in bytes when its process ended.")]
    public required long PeakResidentBytes { get; init; }

    [Description("The exit code, or 128 + signal if a signal ended it.")]
    public int? ExitCode { get; init; }

    [Description("The telemetry counts. Missing if it did not subscribe.")]
    public TelemetryRecord? Telemetry { get; init; }

    [Description("Why nothing was delivered to it. Missing if something was.")]
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

    [Description("Events that were dropped because it was too slow or rejected every attempt.")]
    public required long Dropped { get; init; }

    [Description("Events that were still buffered when the environment ended.")]
    public required long Undelivered { get; init; }

    [Description("The error of the last failed attempt.")]
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

    [Description("success, error, failure or timeout. Null if it did not finish.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Status { get; init; }

    [Description("Unhandled. Null if the handler succeeded.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? FunctionError { get; init; }

    [Description("The response or the error; a string if it is not JSON.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required JsonElement? Response { get; init; }

    [Description("The time from the runtime receiving the invocation to its next call, in milliseconds.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? HandlerMs { get; init; }

    [Description("The time that the extensions added after that, in milliseconds.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? AddedMs { get; init; }

    [Description("The billed duration in platform.report. Missing on Managed Instances.")]
    public double? BilledMs { get; init; }

    [Description("The memory use in platform.report, in MB.")]
    public int? MaxMemoryMb { get; init; }

    [Description("The number of lines that the function wrote.")]
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

    [Description("The actual value. Null if the expectation was met.")]
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
