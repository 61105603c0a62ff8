using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>The telemetry that an extension received, and why it received none.</summary>
/// <param name="Extension">The extension's name.</param>
/// <param name="Count">The telemetry counts. Null if the extension did not subscribe.</param>
/// <param name="Reason">Why nothing was delivered. Null if something was.</param>
internal sealed record TelemetryReport(string Extension, TelemetryCount? Count, string? Reason)
{
    /// <summary>The line in the text summary.</summary>
    public string Line
    {
        get
        {
            if (Count is null)
                return $"telemetry of {Extension}: nothing was delivered: {Reason}";

            var numbers = $"{Count.Delivered} events delivered, {Count.Dropped} dropped, {Count.Undelivered} undelivered";
            var error = Count.LastError is null ? "" : $", last error: {Count.LastError}";
            return $"telemetry of {Extension}: {numbers}{(Reason is null ? error : $": {Reason}")}";
        }
    }

    /// <summary>Builds the report.</summary>
    public static TelemetryReport Of(ExtensionTranscript extension, TelemetryCount? count) =>
        new(extension.Name, count, count is { Delivered: > 0 } ? null : ReasonOf(extension, count));

    static string ReasonOf(ExtensionTranscript extension, TelemetryCount? count)
    {
        if (extension.RegisteredAt is null)
        {
            var end = extension.ExitCode is { } code ? $", and its process ended with {code}" : "";
            return extension.Events.LastOrDefault(e => e.Kind is TranscriptKind.RegistrationRefused) is { } refusal
                ? $"its registration was refused with status {refusal.Code}: {refusal.Text}{end}"
                : $"it did not register{end}; an extension first calls POST /2020-01-01/extension/register";
        }

        if (count is null)
        {
            return extension.Events.LastOrDefault(e => e.Kind is TranscriptKind.Subscribed) is { } refused
                ? $"its subscription was rejected with status {refused.Code}: {refused.Text}"
                : "it did not subscribe to telemetry (PUT /2022-07-01/telemetry)";
        }

        if (count.LastError is { } error)
            return $"every delivery failed: {error}; its listener must accept POST requests at the address of its subscription";

        return count.Undelivered > 0
            ? "it subscribed, but the environment ended before its buffering limits caused a delivery"
            : "it subscribed, but no event of its streams was published";
    }
}
